"""A dossier that lacks something, at the terminal: what is asked, the document that is sent, the dossier that
cites it, the answers, the new attestation. Nothing of the loop leaves pdvctl."""

import json
import tempfile
import unittest

import suite

APPEL = {"name": "appels/herault-2023", "libelle": "Appel à projets 2023",
         "contrats": ["contrats/cv110"], "exercice": 2023,
         "date_ouverture": {"year": 2022, "month": 10, "day": 1},
         "date_cloture": {"year": 2099, "month": 12, "day": 31},
         "pieces": [{"code": "rib", "libelle": "RIB", "obligatoire": True,
                     "nature": "NATURE_DOCUMENT_RIB"}]}
DOSSIER = {
    "action": {
        "name": "actions/pdv-1", "intitule": "Aide aux leçons", "porteur": "porteurs/ateliers",
        "appel": "appels/herault-2023", "contrat": "contrats/cv110", "exercice": 2023,
        "type": "TYPE_ACTION_ACTION",
        "thematique": "nomenclatures/piliers-2015-2023/thematiques/education",
        "date_debut": {"year": 2023, "month": 1, "day": 1},
        "date_fin": {"year": 2023, "month": 12, "day": 31},
        "publics": [{"sexe": "SEXE_FEMME", "age": "TRANCHE_AGE_DE_6_A_15", "effectif": 20,
                     "effectif_qpv": 15}]},
    "budget": {"lignes": [
        {"compte": "641", "montant_centimes": 1_000_00},
        {"compte": "74etat", "montant_centimes": 1_000_00, "financeur": "financeurs/etat"}]},
    "lignes": [{"financeur": "financeurs/etat", "demande_specifiques_centimes": 1_000_00}]}


class Complements(suite.AvecAteliers):
    def pdvctl(self, *words, role="", check=0):
        identity = [f"--role={role}"] if role else []
        identity.append("--acteur=irene" if role == "instructeur" else "--acteur=anne")
        if role in ("redacteur", "signataire", "redacteur,signataire"):
            identity.append("--organisation=porteurs/ateliers")
        done = self.suite.pdvctl(*words, *identity, check=check)
        said = done.stdout if check == 0 else done.stderr
        return " ".join(said.replace("\u202f", " ").replace("\xa0", " ").split())

    def play(self, *words, file, **options):
        """`pdvctl words FILE`, of what the file says."""
        with tempfile.NamedTemporaryFile("w", suffix=".json") as written:
            json.dump(file, written)
            written.flush()
            return self.pdvctl(*words, written.name, **options)

    def dossier(self):
        return self.g.actions.GetAction(name="actions/pdv-1")

    def test_1_a_dossier_without_its_rib_is_filed_and_not_complete(self):
        self.play("appel", "creer", file=APPEL, role="prefet")
        self.pdvctl("appel", "publier", "herault-2023", role="prefet")
        said = self.play("dossier", "creer", "--attester", file=DOSSIER,
                         role="redacteur,signataire")
        self.assertIn("actions/pdv-1 : déposé", said)
        refused = self.pdvctl("dossier", "complet", "pdv-1", role="instructeur", check=2)
        self.assertIn("« RIB »", refused)

    def test_2_the_instructeur_asks_for_all_that_lacks_at_once(self):
        self.assertIn("--objet", self.pdvctl("dossier", "completer", "pdv-1", role="instructeur",
                                             check=2))
        said = self.pdvctl("dossier", "completer", "pdv-1", "--objet=Joindre le RIB",
                           "--champ=pieces", "--objet=Qui encadre les enfants ?", "--champ=-",
                           role="instructeur")
        self.assertEqual(said, "actions/pdv-1 : à compléter")
        followed = self.pdvctl("dossier", "suivre", "pdv-1", role="redacteur")
        self.assertIn("1. demandé par irene : Joindre le RIB", followed)
        self.assertIn("2. demandé par irene : Qui encadre les enfants ?", followed)

    def test_3_a_new_deposit_is_told_how_a_filed_dossier_is_changed(self):
        other = dict(DOSSIER, action=dict(DOSSIER["action"], objet="Deux soirs par semaine"))
        refused = self.play("dossier", "creer", file=other, role="redacteur", check=2)
        self.assertIn("Des compléments sont demandés : modifiez le dossier déposé", refused)
        self.assertIn("pdvctl dossier modifier pdv-1 FICHIER", refused)
        self.assertEqual(self.dossier().objet, "")

    def test_4_the_document_is_sent_and_cited_and_nothing_else_changes(self):
        with tempfile.NamedTemporaryFile("wb", suffix=".pdf") as rib:
            rib.write(b"%PDF-1.7\n" + bytes(1000))
            rib.flush()
            self.pdvctl("document", "envoyer", "ateliers", rib.name, "--nature=rib", "--id=rib",
                        role="redacteur")
        cited = {"action": {"objet": "Deux soirs par semaine", "pieces": [
            {"code": "rib", "document": "porteurs/ateliers/documents/rib"}]}}
        dry = self.play("dossier", "modifier", "pdv-1", "--simulation", file=cited, role="redacteur")
        self.assertIn("(simulation) actions/pdv-1 : à compléter", dry)
        self.assertEqual(len(self.dossier().pieces), 0)
        said = self.play("dossier", "modifier", "pdv-1", file=cited, role="redacteur")
        self.assertIn("actions/pdv-1 : à compléter Repris du fichier : Objet, Pièces.", said)
        self.assertIn("pdvctl dossier repondre pdv-1 --reponse=1=TEXTE", said)
        changed = self.dossier()
        self.assertEqual(changed.pieces[0].document, "porteurs/ateliers/documents/rib")
        self.assertEqual(changed.intitule, "Aide aux leçons")

    def test_5_the_budget_and_the_demands_change_together(self):
        money = {"budget": {"lignes": [
                     {"compte": "641", "montant_centimes": 1_300_00},
                     {"compte": "74etat", "montant_centimes": 1_200_00,
                      "financeur": "financeurs/etat"},
                     {"compte": "74orgasoc", "montant_centimes": 100_00,
                      "financeur": "financeurs/caf-34"}]},
                 "lignes": [{"financeur": "financeurs/etat",
                             "demande_specifiques_centimes": 1_200_00},
                            {"financeur": "financeurs/caf-34",
                             "demande_droit_commun_centimes": 100_00}]}
        lonely = self.play("dossier", "modifier", "pdv-1", file={"budget": money["budget"]},
                           role="redacteur")
        self.assertIn("⚠", lonely, "the funders are not asked that yet")
        said = self.play("dossier", "modifier", "pdv-1", file=money, role="redacteur")
        self.assertIn("Repris du fichier : Demande à etat, Demande à caf-34, Budget.", said)
        self.assertIn("Budget : 1 300,00 € de charges, 1 300,00 € de produits.", said)
        self.assertNotIn("⚠", said)
        # Played again, it does nothing twice.
        self.assertEqual(self.play("dossier", "modifier", "pdv-1", file=money, role="redacteur"),
                         said)

    def test_5_what_was_taken_before_a_refusal_is_told(self):
        wrong = {"action": {"objet": "Trois soirs par semaine"},
                 "budget": {"lignes": [{"compte": "641", "montant_centimes": -1}]}}
        said = self.play("dossier", "modifier", "pdv-1", file=wrong, role="redacteur", check=2)
        self.assertIn("budget.lignes[0].montant_centimes", said)
        self.assertIn("Déjà repris du fichier : Objet.", said)
        self.assertEqual(self.dossier().objet, "Trois soirs par semaine")

    def test_6_each_thing_has_its_own_answer(self):
        refused = self.pdvctl("dossier", "repondre", "pdv-1", "--reponse=Voir le dossier",
                              role="redacteur", check=2)
        self.assertIn("En attente : 1 (Joindre le RIB), 2 (Qui encadre les enfants ?)", refused)
        said = self.pdvctl("dossier", "repondre", "pdv-1", "--reponse=2=Deux animatrices",
                           "--reponse=1=Le voici", role="redacteur")
        self.assertEqual(said, "actions/pdv-1 : en attente d'attestation")
        answers = {one.objet: one.reponse
                   for one in self.g.actions.ListComplements(parent="actions/pdv-1").complements}
        self.assertEqual(answers, {"Joindre le RIB": "Le voici",
                                   "Qui encadre les enfants ?": "Deux animatrices"})

    def test_7_it_is_attested_again_and_complete(self):
        self.pdvctl("dossier", "attester", "pdv-1", role="signataire")
        said = self.pdvctl("dossier", "complet", "pdv-1", role="instructeur")
        self.assertEqual(said, "actions/pdv-1 : complet")
        page = self.pdvctl("fiche", "actions/pdv-1")
        self.assertIn("rib porteurs/ateliers/documents/rib", page)
        self.assertRegex(page, r"2 demandé par irene le .* : Qui encadre les enfants \? "
                               "répondu par anne : Deux animatrices")
        self.assertEqual(len(self.dossier().attestations), 2)

    def test_8_what_is_examined_is_changed_and_attested_anew(self):
        money = {"budget": {"lignes": DOSSIER["budget"]["lignes"]}, "lignes": DOSSIER["lignes"]}
        frozen = self.play("dossier", "modifier", "pdv-1", file={"budget": money["budget"]},
                           role="redacteur", check=2)
        self.assertIn("son budget ne change que s'il est à compléter", frozen)
        later = dict(money, action={"date_fin": {"year": 2023, "month": 7, "day": 7}})
        dry = self.play("dossier", "modifier", "pdv-1", "--simulation", file=later, role="redacteur")
        self.assertIn("Le budget n'est pas vérifié", dry)
        said = self.play("dossier", "modifier", "pdv-1", file=later, role="redacteur")
        self.assertIn("actions/pdv-1 : en attente d'attestation", said)
        self.assertIn("Budget : 1 000,00 € de charges", said)
        self.assertIn("Il reste à attester : pdvctl dossier attester pdv-1", said)

    def test_9_a_file_is_of_one_dossier_and_a_verb_takes_its_words_only(self):
        refused = self.play("dossier", "modifier", "pdv-2", file=DOSSIER, role="redacteur", check=2)
        self.assertIn("le fichier est celui de actions/pdv-1", refused)
        self.assertIn("FICHIER est attendu",
                      self.pdvctl("dossier", "modifier", "pdv-1", role="redacteur", check=2))
        self.assertIn("est de trop",
                      self.pdvctl("dossier", "suivre", "pdv-1", "pdv-2", role="redacteur", check=2))


if __name__ == "__main__":
    unittest.main()
