# shellcheck shell=bash
# The parts that run: PostgreSQL, a database per service, the five daemons. Sourced by run and stop,
# after commun.sh. Every function may be called again: it does only what is missing.
# shellcheck disable=SC2154  # racine and etat come from commun.sh

services=(contrats actions financement evaluation)
# The gateway's port; the services follow (+1…+4), metrics lie 100 above. Another base lets two
# checkouts run on one machine.
port=${PDV_PORT:-7400}
export PDV_PASSERELLE=127.0.0.1:$port

# What it keeps from one command to the next stays with the suite, which may be wiped.
pdvctl() { PDV_POSITIONS=$etat/positions "$racine/build/pdvctl" "$@"; }

# Sets `grappe`, the cluster's folder: .pdv/postgresql, unless we are root and PostgreSQL's account
# may not walk there (a checkout under /root): then in /var/lib, under a name that this checkout
# alone has. Needs PostgreSQL's account: call it once the packages are there.
choisir_grappe() {
  grappe=$etat/postgresql
  ((EUID == 0)) || return 0
  local repli
  repli=/var/lib/pdv-$(printf '%s' "$racine" | sha256sum | cut -c1-12)
  if [[ -d $repli/data ]] || ! setpriv --reuid=postgres --regid=postgres --clear-groups \
    test -x "$etat" 2> /dev/null; then
    grappe=$repli
  fi
}

port_de() {
  local rang
  for rang in "${!services[@]}"; do
    [[ ${services[rang]} == "$1" ]] && { printf '%d' $((port + rang + 1)); return; }
  done
  printf '%d' "$port"
}

adresse_de() { printf '127.0.0.1:%d' "$(port_de "$1")"; }

cluster() { "$racine/deploy/local/cluster" "$@"; }

admin() { psql -qAtX -v ON_ERROR_STOP=1 -d "$(cluster conninfo "$grappe")" "$@" < /dev/null; }

# The administrator's connection string, with another role and database: libpq keeps the last value.
base_de() { printf '%s user=%s dbname=%s' "$(cluster conninfo "$grappe")" "$1" "$1"; }

demarrer_postgresql() {
  cluster running "$grappe" && return
  mkdir -p "$grappe"
  [[ -e $grappe/data/PG_VERSION ]] ||
    etape "création de la base de données" "$etat/log/initdb.log" "$racine/deploy/local/cluster" \
      init "$grappe" 'max_connections = 100' 'shared_buffers = 256MB' 'max_wal_size = 2GB' \
      'wal_compression = on' 'jit = off' 'log_lock_waits = on'
  etape "démarrage de PostgreSQL" "$etat/log/demarrage.log" "$racine/deploy/local/cluster" \
    start "$grappe" 9>&-  # the server must not keep the lock of run
}

arreter_postgresql() {
  [[ -d $grappe/data ]] && cluster stop "$grappe"
  return 0
}

effacer_donnees() { rm -rf "$grappe" "$etat/postgresql" "$etat/pid" "$etat/log"; }

# A role and a database per service; nobody else's role may connect to it.
preparer_bases() {
  local service
  for service in "${services[@]}"; do
    [[ $(admin -c "SELECT 1 FROM pg_roles WHERE rolname = '$service'") == 1 ]] ||
      admin -c "CREATE ROLE $service LOGIN"
    [[ $(admin -c "SELECT 1 FROM pg_database WHERE datname = '$service'") == 1 ]] ||
      admin -c "CREATE DATABASE $service OWNER $service"
    admin -c "REVOKE ALL ON DATABASE $service FROM PUBLIC"
  done
}

# The daemon's command line, an argument a line.
commande_de() {
  local service=$1 pairs='' autre
  for autre in "${services[@]}"; do
    [[ $autre == "$service" ]] || pairs+=,$autre=$(adresse_de "$autre")
  done
  printf '%s\n' "$racine/build/${service}d" "--listen=$(adresse_de "$service")" \
    "--metrics=127.0.0.1:$(($(port_de "$service") + 100))" "--peers=${pairs#,}"
  [[ $service == gateway ]] || printf '%s\n' "--database=$(base_de "$service")"
}

# What a running daemon was started from: another binary or other flags call for another daemon.
empreinte_de() { { commande_de "$1"; sha256sum "$racine/build/${1}d"; } | sha256sum; }

# The pid of the living daemon; a number that another program has taken since is not it.
pid_de() {
  local pid
  pid=$(cat "$etat/pid/$1" 2> /dev/null) || return 1
  [[ $(readlink "/proc/$pid/exe" 2> /dev/null) == "$racine/build/${1}d"* ]] || return 1
  printf '%d' "$pid"
}

arreter_service() {
  local service=$1 pid essai
  if pid=$(pid_de "$service"); then
    kill -TERM "$pid" 2> /dev/null || true
    # The drain: calls in flight have 20 s to end.
    for ((essai = 0; essai < 200; essai++)); do
      pid_de "$service" > /dev/null || break
      sleep 0.1
    done
    if pid_de "$service" > /dev/null; then
      dire "  $service ne s'arrête pas en 20 s : il est tué"
      kill -KILL "$pid" 2> /dev/null || true
    fi
  fi
  rm -f "$etat/pid/$service" "$etat/pid/$service.empreinte"
}

lancer_service() {
  local service=$1 journal=$etat/log/${1}d.log commande
  if (exec 3<> "/dev/tcp/127.0.0.1/$(port_de "$service")") 2> /dev/null; then
    mourir "le port $(port_de "$service") est déjà pris par un autre programme (PDV_PORT en choisit d'autres)"
  fi
  mapfile -t commande < <(commande_de "$service")
  # Descriptor 9 is the lock of run: a daemon must not keep it.
  setsid nohup "${commande[@]}" >> "$journal" 2>&1 < /dev/null 9>&- &
  printf '%d\n' $! > "$etat/pid/$service"
  empreinte_de "$service" > "$etat/pid/$service.empreinte"
}

# Replaces what has changed, migrates the schemas while nothing older serves, starts what is missing.
demarrer_services() {
  local service a_lancer=()
  for service in gateway "${services[@]}"; do
    if pid_de "$service" > /dev/null &&
      [[ $(cat "$etat/pid/$service.empreinte" 2> /dev/null) == "$(empreinte_de "$service")" ]]; then
      continue
    fi
    arreter_service "$service"
    a_lancer+=("$service")
  done
  for service in "${a_lancer[@]}"; do
    [[ $service == gateway ]] ||
      etape "schéma de $service" "$etat/log/migrate-$service.log" \
        "$racine/build/${service}d" migrate "--database=$(base_de "$service")"
  done
  for service in "${a_lancer[@]}"; do lancer_service "$service"; done
}

# Waits until everything answers; a daemon that has died says why.
attendre_services() {
  local service debut=$SECONDS vu=$SECONDS
  until pdvctl etat > "$etat/log/etat.log" 2>&1; do
    for service in gateway "${services[@]}"; do
      pid_de "$service" > /dev/null && continue
      tail -n 20 "$etat/log/${service}d.log" >&2
      mourir "$service s'est arrêté (journal : $etat/log/${service}d.log)"
    done
    if ((SECONDS - debut > 60)); then
      cat "$etat/log/etat.log" >&2
      mourir "les services ne répondent pas au bout de 60 s (journaux : $etat/log)"
    fi
    sleep 0.5
    (((SECONDS - debut) % 5 > 0 || SECONDS == vu)) || dire "  attente des services… $((SECONDS - debut)) s"
    vu=$SECONDS
  done
}

# The example of département 34: its campaigns are played through the gateway, as people would. A load
# that was cut is carried on.
charger_exemple() {
  [[ -e $grappe/exemple ]] && return
  pdvctl exemple
  : > "$grappe/exemple"
}

# What the newcomer may type next; another port than the usual one is named.
montrer_essais() {
  local essai ou=''
  ((port == 7400)) || ou="PDV_PASSERELLE=$PDV_PASSERELLE "
  for essai in 'tableau --contrat=CV112 --exercice=2020-2023' 'dossier lister --contrat=CV110' \
    'dossier suivre 2023-cv110-0012' 'aide'; do
    printf '  %s%s %s\n' "$ou" build/pdvctl "$essai"
  done
}

montrer_adresses() {
  local service
  for service in gateway "${services[@]}"; do
    printf '  %-12s gRPC %-16s métriques http://127.0.0.1:%d/metrics\n' "$service" \
      "$(adresse_de "$service")" $(($(port_de "$service") + 100))
  done
  printf '  %-12s %s\n' postgresql "$(cluster conninfo "$grappe")"
  printf '  %-12s %s\n' journaux "$etat/log" client "$racine/build/pdvctl" \
    "pour finir" "$racine/deploy/local/stop [--wipe]"
}
