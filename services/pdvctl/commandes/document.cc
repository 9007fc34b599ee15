#include "services/pdvctl/commandes/document.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/types/sha256.h"
#include "pdv/actions/v1/actions.pb.h"
#include "services/pdvctl/affichage/progression.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/commandes/verbes.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = actions::v1;
namespace fs = std::filesystem;

constexpr size_t kMorceau = 256 << 10;

// The media type that an extension tells; "" for one that is not taken.
std::string TypeDe(const fs::path& file) {
  static const std::map<std::string, std::string> kTypes = {
      {".pdf", "application/pdf"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".png", "image/png"},
      {".csv", "text/csv"},
      {".odt", "application/vnd.oasis.opendocument.text"},
      {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
      {".odp", "application/vnd.oasis.opendocument.presentation"},
      {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"}};
  const auto found = kTypes.find(absl::AsciiStrToLower(file.extension().string()));
  return found == kTypes.end() ? "" : found->second;
}

// "rapport_activite" for people, of the enum.
std::vector<std::string> Natures() {
  std::vector<std::string> words;
  const auto* natures = v1::NatureDocument_descriptor();
  for (int i = 1; i < natures->value_count(); ++i)
    words.push_back(
        absl::AsciiStrToLower(natures->value(i)->name().substr(sizeof("NATURE_DOCUMENT_") - 1)));
  return words;
}

// Reads a file to its end, part by part, until `prendre` returns false.
absl::Status LireFichier(const std::string& path,
                         const std::function<bool(std::string_view)>& prendre) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("« ", path, " » ne peut pas être lu"));
  std::string part(kMorceau, '\0');
  while (file) {
    file.read(part.data(), static_cast<std::streamsize>(part.size()));
    const auto got = static_cast<size_t>(file.gcount());
    if (got > 0 && !prendre(std::string_view(part).substr(0, got))) break;
  }
  return file.bad() ? absl::DataLossError(absl::StrCat("« ", path, " » se lit mal"))
                    : absl::OkStatus();
}

// The header of a file: its size and fingerprint are announced, the server compares them.
absl::StatusOr<v1::EnteteDocument> Entete(const Arguments& arguments, const std::string& path) {
  v1::EnteteDocument header;
  header.set_parent(NomComplet("porteurs", arguments.Valeur("CIBLE")));
  header.set_document_id(arguments.TexteOu("id", ""));
  header.set_request_id(arguments.TexteOu("request-id", NouvelIdentifiantDeRequete()));
  header.set_validate_only(arguments.Drapeau("simulation"));
  v1::Document* document = header.mutable_document();
  v1::NatureDocument nature = v1::NATURE_DOCUMENT_AUTRE;
  v1::NatureDocument_Parse(
      "NATURE_DOCUMENT_" + absl::AsciiStrToUpper(arguments.TexteOu("nature", "autre")), &nature);
  document->set_nature(nature);
  document->set_titre(arguments.TexteOu("titre", fs::path(path).stem().string()));
  document->set_type_contenu(TypeDe(path));
  if (document->type_contenu().empty())
    return absl::InvalidArgumentError(
        absl::StrCat("« ", path, " » n'est ni un PDF, ni une image, ni un fichier bureautique"));
  types::Sha256 sha256;
  int64_t size = 0;
  const absl::Status read = LireFichier(path, [&](std::string_view part) {
    sha256.Add(part);
    size += static_cast<int64_t>(part.size());
    return true;
  });
  if (!read.ok()) return read;
  document->set_taille_octets(size);
  document->set_empreinte(sha256.Hex());
  return header;
}

int Envoyer(const Arguments& arguments, Contexte& contexte) {
  const std::string path = arguments.Valeur("FICHIER");
  if (path.empty())
    return DireErreur(absl::InvalidArgumentError("document envoyer : FICHIER est attendu"),
                      contexte);
  auto header = Entete(arguments, path);
  if (!header.ok()) return DireErreur(header.status(), contexte);
  Passerelle passerelle(arguments);
  rpc::Metadata answered;
  auto stream = passerelle.OuvrirEnvoi(absl::StrCat(kActions, "EnvoyerDocument"), &answered);
  v1::Document sent;
  absl::Status finished;
  {
    Progression progress(contexte.erreurs, contexte.terminal_erreurs, "Envoi",
                         header->document().taille_octets());
    v1::EnvoyerDocumentRequest message;
    *message.mutable_entete() = *header;
    bool open = stream->Write(message);
    int64_t done = 0;
    const absl::Status read = LireFichier(path, [&](std::string_view part) {
      if (!open) return false;  // refused already: Finish says why
      message.Clear();
      message.set_contenu(std::string(part));
      open = stream->Write(message);
      progress.Avancer(done += static_cast<int64_t>(part.size()));
      return open;
    });
    if (!read.ok()) stream->Cancel();
    finished = read.ok() ? stream->Finish(&sent) : read;
  }
  passerelle.Retenir(answered);
  if (!finished.ok()) return DireErreur(finished, contexte);
  if (arguments.TexteOu("format", "table") == "json")
    contexte.sortie << EcrireJson(sent);
  else
    contexte.sortie << sent.name() << " : " << sent.taille_octets() << " octets, SHA-256 "
                    << sent.empreinte() << "\n";
  return kReussite;
}

// What comes goes to a file beside its place, and takes it only once it is whole and checked.
absl::Status RecevoirDans(rpc::StreamReader& stream, const std::string& path, Contexte& contexte) {
  const std::string partial = path + ".partiel";
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  if (!file) return absl::InternalError(absl::StrCat("« ", partial, " » ne peut pas être écrit"));
  types::Sha256 sha256;
  v1::Document document;
  absl::Status status;
  {
    v1::RecevoirDocumentResponse message;
    std::unique_ptr<Progression> progress;
    int64_t done = 0;
    while (stream.Next(&message)) {
      if (message.has_document()) {
        document = message.document();
        progress = std::make_unique<Progression>(contexte.erreurs, contexte.terminal_erreurs,
                                                 "Réception", document.taille_octets());
      }
      sha256.Add(message.contenu());
      file << message.contenu();
      done += static_cast<int64_t>(message.contenu().size());
      if (progress != nullptr) progress->Avancer(done);
    }
    status = stream.Finish();
  }
  file.close();
  if (status.ok() && !file) status = absl::InternalError("le disque refuse l'écriture");
  if (status.ok() && sha256.Hex() != document.empreinte())
    status = absl::DataLossError("ce qui est arrivé n'est pas le document : recommencez");
  if (status.ok() && std::rename(partial.c_str(), path.c_str()) != 0)
    status = absl::InternalError(absl::StrCat("« ", path, " » ne peut pas être écrit"));
  if (!status.ok()) {
    std::remove(partial.c_str());
    return status;
  }
  contexte.erreurs << document.titre() << " : " << document.taille_octets()
                   << " octets, SHA-256 vérifié\n";
  return absl::OkStatus();
}

int Recevoir(const Arguments& arguments, Contexte& contexte) {
  const std::string path = arguments.Valeur("FICHIER");
  if (path.empty())
    return DireErreur(absl::InvalidArgumentError("document recevoir : FICHIER est attendu"),
                      contexte);
  Passerelle passerelle(arguments);
  v1::RecevoirDocumentRequest request;
  request.set_name(NomComplet("porteurs", arguments.Valeur("CIBLE")));
  auto stream = passerelle.OuvrirReception(absl::StrCat(kActions, "RecevoirDocument"), request);
  const absl::Status received = RecevoirDans(*stream, path, contexte);
  return received.ok() ? kReussite : DireErreur(received, contexte);
}

int Lister(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  v1::ListDocumentsRequest request;
  request.set_parent(NomComplet("porteurs", arguments.Valeur("CIBLE")));
  if (const auto nature = arguments.Texte("nature"))
    request.set_filter(absl::StrCat("nature = \"", absl::AsciiStrToUpper(*nature), "\""));
  auto all = ToutesLesPages<v1::ListDocumentsResponse>(
      passerelle, absl::StrCat(kActions, "ListDocuments"), request);
  if (!all.ok()) return DireErreur(all.status(), contexte);
  Tableau table({{"Document"}, {"Nature"}, {"Titre"}, {"Octets", true}, {"Empreinte"}});
  for (const v1::Document& one : all->documents())
    table.Ajouter(
        {one.name(),
         absl::AsciiStrToLower(
             v1::NatureDocument_Name(one.nature()).substr(sizeof("NATURE_DOCUMENT_") - 1)),
         one.titre(), absl::StrCat(one.taille_octets()), one.empreinte().substr(0, 12)});
  if (contexte.json)
    contexte.sortie << EcrireJson(*all);
  else
    contexte.sortie << (table.vide() ? "Aucun document.\n"
                                     : table.Rendre(contexte.terminal_sortie));
  return kReussite;
}

}  // namespace

CommandeDeclaree DeclarationDocument() {
  CommandeDeclaree declaration{
      "document",
      "Les documents d'un porteur : les envoyer, les recevoir, les lister.",
      {{"VERBE", "ce qu'on en fait", true, false, {"envoyer", "recevoir", "lister"}},
       {"CIBLE",
        "le porteur, ou le document à recevoir : porteurs/x/documents/rib",
        true,
        false,
        {}},
       {"FICHIER", "le fichier à envoyer, ou à écrire", false, false, {}}},
      {{"nature", GenreOption::kChoix, "", "ce qu'est le document", false, Natures()},
       {"titre",
        GenreOption::kTexte,
        "TEXTE",
        "envoyer : son titre (le nom du fichier)",
        false,
        {}},
       {"id", GenreOption::kTexte, "ID", "envoyer : la fin de son nom", false, {}},
       {"request-id",
        GenreOption::kTexte,
        "ID",
        "envoyer : le même identifiant, le même effet",
        false,
        {}},
       {"simulation",
        GenreOption::kDrapeau,
        "",
        "envoyer : tout vérifier, ne rien garder",
        false,
        {}},
       OptionFormat(),
       OptionPasserelle()},
      {}};
  for (OptionDeclaree& option : OptionsIdentite()) declaration.options.push_back(std::move(option));
  return declaration;
}

int ExecuterDocument(const Arguments& arguments, Contexte& contexte) {
  const std::string word = arguments.Valeur("VERBE");
  if (word == "envoyer") return Envoyer(arguments, contexte);
  if (word == "recevoir") return Recevoir(arguments, contexte);
  return Lister(arguments, contexte);
}

}  // namespace pdv::pdvctl
