"""Documents through the gateway: in, out, cut, too large, altered, of another type."""

import hashlib
import os
import time
import unittest

import grpc
import pdv
import suite

PART = 256 * 1024


class Documents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.g = cls.suite.gateway()
        cls.g.actions.CreatePorteur(porteur_id="les-ateliers", porteur={
            "raison_sociale": "Les Ateliers", "identification": "IDENTIFICATION_PORTEUR_RNA",
            "rna": "W343001234", "forme": "FORME_PORTEUR_ASSOCIATION"})
        cls.redacteur = cls.g.comme("redacteur", "porteurs/les-ateliers")

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    @staticmethod
    def part(**fields):
        return pdv.message("pdv.actions.v1.EnvoyerDocumentRequest", **fields)

    def messages(self, document_id, content, **document):
        """A header, then the content."""
        yield self.part(entete={
            "parent": "porteurs/les-ateliers", "document_id": document_id,
            "document": {"nature": "NATURE_DOCUMENT_COMPTES", "titre": f"Document {document_id}",
                         "type_contenu": "application/pdf", **document}})
        for at in range(0, len(content), PART):
            part = self.part()
            part.contenu = content[at:at + PART]
            yield part

    def send(self, document_id, content, **document):
        return self.redacteur.actions.EnvoyerDocument(
            self.messages(document_id, content, **document), timeout=60)

    def rows(self, table):
        return int(self.suite.psql("actions", f"SELECT count(*) FROM {table}"))

    def test_01_twenty_megabytes_go_in_and_come_out(self):
        content = b"%PDF-1.7\n" + os.urandom(20_000_000)
        sha = hashlib.sha256(content).hexdigest()
        sent = self.send("comptes-2022", content, empreinte=sha, taille_octets=len(content))
        self.assertEqual((sent.taille_octets, sent.empreinte), (len(content), sha))
        parts = list(self.g.actions.RecevoirDocument(name=sent.name))
        self.assertEqual(parts[0].document, sent)
        self.assertEqual(b"".join(p.contenu for p in parts[1:]), content)
        self.assertTrue(all(len(p.contenu) <= PART for p in parts))

    def test_02_what_is_cut_in_the_middle_leaves_nothing(self):
        before = self.rows("contenu_document"), self.rows("document")
        content = b"%PDF-1.7\n" + os.urandom(2_000_000)

        def cut():
            messages = self.messages("coupe", content)
            for _ in range(4):
                yield next(messages)
            raise RuntimeError("the line is cut")

        with self.assertRaises(pdv.Refus):
            self.redacteur.actions.EnvoyerDocument(cut(), timeout=20)
        time.sleep(0.5)
        self.assertEqual((self.rows("contenu_document"), self.rows("document")), before)
        self.assertEqual(self.send("coupe", content).taille_octets, len(content))

    def test_03_what_is_not_what_was_announced_is_refused(self):
        before = self.rows("contenu_document"), self.rows("document")
        content = b"%PDF-1.7\n" + os.urandom(100_000)
        for raison, given, document in (
                ("empreinte annoncée", content, {"empreinte": "a" * 64}),
                ("étaient annoncés", content, {"taille_octets": 12}),
                ("pas du type", b"<html>" + content, {}),
                ("PDF, une image", content, {"type_contenu": "text/html"}),
                ("au plus", content, {"taille_octets": 60_000_000}),
                ("au plus", b"%PDF-1.7\n" + bytes(53_000_000), {})):
            with self.assertRaises(pdv.Refus) as refus:
                self.send("refuse", given, **document)
            self.assertEqual(refus.exception.code, "INVALID_ARGUMENT", refus.exception)
            self.assertTrue(any(raison in why for _, why in refus.exception.violations),
                            refus.exception)
        self.assertEqual((self.rows("contenu_document"), self.rows("document")), before)

    def test_04_pdvctl_sends_receives_and_lists(self):
        content = b"%PDF-1.7\n" + os.urandom(1_500_000)
        source = os.path.join(self.suite.logs, "rib.pdf")
        back = os.path.join(self.suite.logs, "retour.pdf")
        with open(source, "wb") as file:
            file.write(content)
        as_redacteur = ("--role=redacteur", "--organisation=porteurs/les-ateliers", "--acteur=rose")
        sent = self.suite.pdvctl("document", "envoyer", "les-ateliers", source, "--nature=rib",
                                 "--id=rib", *as_redacteur, check=0)
        self.assertIn(hashlib.sha256(content).hexdigest(), sent.stdout)
        name = "porteurs/les-ateliers/documents/rib"
        self.suite.pdvctl("document", "recevoir", name, back, check=0)
        with open(back, "rb") as file:
            self.assertEqual(file.read(), content)
        listed = self.suite.pdvctl("document", "lister", "les-ateliers", "--nature=rib", check=0)
        self.assertIn(name, listed.stdout)
        again = self.suite.pdvctl("document", "envoyer", "les-ateliers", source, "--nature=rib",
                                  *as_redacteur, check=2)
        self.assertIn("déjà ce document", again.stderr)
        os.unlink(back)
        missing = self.suite.pdvctl("document", "recevoir", name + "-absent", back, check=2)
        self.assertTrue(missing.stderr)
        self.assertFalse(os.path.exists(back) or os.path.exists(back + ".partiel"))

    def test_05_a_volume_outlives_a_kill(self):
        folder = os.path.join(self.suite.logs, "documents")
        self.suite.options = {"actions": [f"--documents={folder}"]}
        self.suite.kill("actions")
        self.suite.launch("actions")
        self.suite.wait_ready()
        content = b"%PDF-1.7\n" + os.urandom(1_000_000)
        sent = self.send("pv-2023", content, nature="NATURE_DOCUMENT_PROCES_VERBAL")

        messages = self.messages("en-route", content)
        def stall():
            for _ in range(3):
                yield next(messages)
            time.sleep(1)
            self.suite.kill("actions")
            yield next(messages)

        with self.assertRaises(pdv.Refus):
            self.redacteur.actions.EnvoyerDocument(stall(), timeout=20)
        leftover = os.listdir(os.path.join(folder, "envois"))
        self.assertEqual(len(leftover), 1, "killed in the middle: a file waits to be swept")
        os.utime(os.path.join(folder, "envois", leftover[0]), (0, 0))
        self.suite.launch("actions")
        self.suite.wait_ready()
        deadline = time.time() + 10
        while os.listdir(os.path.join(folder, "envois")) and time.time() < deadline:
            time.sleep(0.1)
        self.assertEqual(os.listdir(os.path.join(folder, "envois")), [])
        parts = list(self.g.actions.RecevoirDocument(name=sent.name))
        self.assertEqual(b"".join(p.contenu for p in parts), content)
        with self.assertRaises(grpc.RpcError):
            list(self.g.actions.RecevoirDocument(name="porteurs/les-ateliers/documents/en-route"))


if __name__ == "__main__":
    unittest.main()
