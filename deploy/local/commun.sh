# shellcheck shell=bash
# What deploy/local/run and tests/run share: speaking to the person in front, showing progress,
# installing the packages, building. Sourced, never run; the caller has set -euo pipefail.

racine=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# Everything that running leaves behind lies there; git ignores it.
etat=$racine/.pdv

dire() { printf '%s\n' "$*"; }
mourir() { printf 'erreur : %s\n' "$*" >&2; exit 1; }

# Made so that PostgreSQL's account may walk through it, and read nothing.
preparer_etat() {
  if ! mkdir -p "$etat/log" "$etat/pid" 2> /dev/null || [[ ! -w $etat/pid ]]; then
    mourir "$etat appartient à un autre compte : relancez avec lui, ou effacez ce dossier"
  fi
  chmod 711 "$etat"
  chmod 700 "$etat/log" "$etat/pid"
}

# etape TEXTE JOURNAL COMMANDE… : runs it, its output in JOURNAL, and shows that it lives: the
# seconds and the last line on a terminal, a line every 15 s elsewhere. A failure shows the end.
etape() {
  local texte=$1 journal=$2 debut=$SECONDS affiche=0 code=0 pid ligne
  shift 2
  mkdir -p "$(dirname "$journal")"
  "$@" > "$journal" 2>&1 < /dev/null &
  pid=$!
  # An interruption of ours is an interruption of what we wait for.
  trap 'kill "$pid" 2>/dev/null; trap - INT; kill -INT $$' INT
  while kill -0 "$pid" 2> /dev/null; do
    if [[ -t 1 ]]; then
      ligne=$(tail -c 300 "$journal" | tr '\r' '\n' | tail -n 1 | tr -d '\033' | cut -c1-60)
      printf '\r\033[K  %s… %d s  %s' "$texte" $((SECONDS - debut)) "$ligne"
    elif ((SECONDS - debut >= affiche + 15)); then
      affiche=$((SECONDS - debut))
      printf '  %s… %d s  %s\n' "$texte" "$affiche" "$(tail -n 1 "$journal" | cut -c1-60)"
    fi
    sleep 0.2
  done
  trap - INT
  wait "$pid" || code=$?
  [[ -t 1 ]] && printf '\r\033[K'
  if ((code != 0)); then
    tail -n 40 "$journal" >&2
    mourir "$texte : échec (journal complet : $journal)"
  fi
  printf '  %s : %d s\n' "$texte" $((SECONDS - debut))
}

en_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    return 127
  fi
}

# paquets_manquants SECTION… : those of deploy/local/paquets that are not installed.
paquets_manquants() {
  local section='' paquet commande voulue
  while read -r paquet commande; do
    case $paquet in
      '' | '#'*) continue ;;
      '['*) section=${paquet//[\[\]]/}; continue ;;
    esac
    for voulue in "$@"; do
      [[ $section == "$voulue" ]] || continue
      [[ -n $commande ]] && command -v "$commande" > /dev/null && continue
      [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$paquet" 2> /dev/null) == ii* ]] ||
        printf '%s\n' "$paquet"
    done
  done < "$racine/deploy/local/paquets"
}

# Debian's PostgreSQL makes a cluster and a service at installation; this suite has its own.
sans_grappe_debian() {
  en_root mkdir -p /etc/postgresql-common/createcluster.d
  printf '# Written by the suite politique de la ville: it makes its own cluster.\n%s\n' \
    'create_main_cluster = off' |
    en_root tee /etc/postgresql-common/createcluster.d/pdv.conf > /dev/null
}

installer_paquets() {
  local manquants
  command -v dpkg-query > /dev/null || mourir "il faut une Debian 12 (dpkg est introuvable)"
  mapfile -t manquants < <(paquets_manquants "$@")
  ((${#manquants[@]} > 0)) || return 0
  if ((EUID != 0)) && ! command -v sudo > /dev/null; then
    mourir "paquets Debian manquants (à installer en root) : ${manquants[*]}"
  fi
  # sudo asks for its password here, in the open, not behind the progress line.
  ((EUID == 0)) || sudo -v || mourir "sudo refuse d'installer les paquets : ${manquants[*]}"
  [[ -d /usr/lib/postgresql ]] || sans_grappe_debian
  etape "liste des paquets Debian" "$etat/log/apt.log" en_root apt-get update -q
  etape "installation de ${#manquants[@]} paquets Debian" "$etat/log/apt.log" \
    en_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    "${manquants[@]}"
}

# construire CIBLE… : Release, in build/ ("all": everything).
construire() {
  if [[ ! -e $racine/build/build.ninja ]]; then
    etape "configuration" "$etat/log/cmake.log" \
      cmake -S "$racine" -B "$racine/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DPDV_TESTS=ON
  fi
  # A compiler cache is shared by all the clones of a machine.
  export CCACHE_BASEDIR=$racine CCACHE_NOHASHDIR=1
  etape "construction" "$etat/log/construction.log" ninja -C "$racine/build" "$@"
}
