"""Bad input on every method of every service: a clear error with a reason, and nothing written."""

import unittest

from google.protobuf import descriptor_pb2

import pdv
import suite

# Fields that no declaration knows, in wire format: field 18999, a varint.
UNKNOWN_FIELD = bytes([0xB8, 0xA3, 0x09, 0x01])
# A length that runs beyond the end.
MALFORMED = b"\x0a\xff\xff\xff\xff\x0f"
# Roles are asked before the input is looked at: the caller holds them all.
ROLES = ("redacteur,signataire,delegue_prefet,chef_projet,instructeur,financeur,prefet,gestionnaire,"
         "anct,conseil_citoyen,auditeur")
NOT_ASKED_FOR_INPUT = {"INTERNAL", "UNKNOWN", "OK", "UNIMPLEMENTED"}


def methods():
    for full_name in pdv.SERVICES.values():
        service = pdv.POOL.FindServiceByName(full_name)
        for method in service.methods:
            proto = descriptor_pb2.MethodDescriptorProto()
            method.CopyToProto(proto)
            yield service, method, proto


class MauvaisesEntrees(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.g = cls.suite.gateway(roles=ROLES)

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    def raw(self, service, method, proto, payload):
        """Sends bytes as they are; the refusal, or None when the method answered."""
        path = f"/{service.full_name}/{method.name}"
        kind = ("stream_unary" if proto.client_streaming else
                "unary_stream" if proto.server_streaming else "unary_unary")
        call = getattr(self.g.channel, kind)(path, request_serializer=lambda b: b,
                                             response_deserializer=lambda b: b)
        try:
            if proto.client_streaming:
                call(iter([payload]), timeout=20, metadata=[("x-pdv-role", ROLES)])
            elif proto.server_streaming:
                next(iter(call(payload, timeout=20, metadata=[("x-pdv-role", ROLES)])), None)
            else:
                call(payload, timeout=20, metadata=[("x-pdv-role", ROLES)])
        except pdv.grpc.RpcError as error:
            return pdv.Refus(error)
        return None

    def journal(self):
        return [self.suite.psql(s, "SELECT count(*) FROM journal") for s in suite.STORES]

    def test_malformed_bytes_are_refused_everywhere(self):
        before = self.journal()
        for service, method, proto in methods():
            with self.subTest(method=method.full_name):
                refus = self.raw(service, method, proto, MALFORMED)
                self.assertIsNotNone(refus)
                self.assertEqual(refus.code, "INVALID_ARGUMENT")
                self.assertEqual(refus.raison, "REQUETE_ILLISIBLE")
        self.assertEqual(self.journal(), before)

    def test_unknown_fields_are_refused_everywhere(self):
        before = self.journal()
        for service, method, proto in methods():
            with self.subTest(method=method.full_name):
                refus = self.raw(service, method, proto, UNKNOWN_FIELD)
                self.assertIsNotNone(refus)
                self.assertEqual(refus.code, "INVALID_ARGUMENT")
                self.assertTrue(refus.violations, refus)
        self.assertEqual(self.journal(), before)

    def test_empty_requests_never_break_anything(self):
        before = self.journal()
        for service, method, proto in methods():
            with self.subTest(method=method.full_name):
                if proto.server_streaming:
                    continue  # an empty Watch is a valid one
                refus = self.raw(service, method, proto, b"")
                if refus is not None:
                    self.assertNotIn(refus.code, NOT_ASKED_FOR_INPUT, refus)
                    self.assertTrue(refus.raison, refus)
        self.assertEqual(self.journal(), before)

    def test_every_violation_is_told_at_once(self):
        with self.assertRaises(pdv.Refus) as refus:
            self.g.actions.CreatePorteur(porteur={
                "siret": "12345678901234", "rna": "X1", "iban": "FR00", "commune": "Béziers"})
        fields = {field for field, _ in refus.exception.violations}
        self.assertLessEqual({"porteur.raison_sociale", "porteur.identification", "porteur.siret",
                              "porteur.rna", "porteur.iban", "porteur.commune"}, fields)
        self.assertNotIn("FR00", str(refus.exception.violations))

    def test_oversized_text_and_lists_are_refused(self):
        for fields in ({"raison_sociale": "x" * 301}, {"raison_sociale": "x" * 2_000_000}):
            with self.assertRaises(pdv.Refus) as refus:
                self.g.actions.CreatePorteur(
                    porteur={"identification": "IDENTIFICATION_PORTEUR_AUCUNE", **fields})
            self.assertEqual(refus.exception.code, "INVALID_ARGUMENT")
        with self.assertRaises(pdv.Refus) as refus:
            self.g.contrats.BatchGetContrats(names=["contrats/a"] * 1001)
        self.assertEqual(refus.exception.code, "INVALID_ARGUMENT")

    def test_validate_only_writes_nothing(self):
        before = self.journal()
        porteur = self.g.actions.CreatePorteur(validate_only=True, porteur_id="essai", porteur={
            "raison_sociale": "Essai", "identification": "IDENTIFICATION_PORTEUR_AUCUNE"})
        self.assertEqual(porteur.name, "porteurs/essai")
        self.assertEqual(self.journal(), before)
        with self.assertRaises(pdv.Refus):
            self.g.actions.GetPorteur(name="porteurs/essai")

    def test_a_forged_page_token_and_a_bad_filter_are_refused(self):
        for fields in ({"page_token": "abc"}, {"filter": "inconnu = 1"}, {"order_by": "iban x"}):
            with self.assertRaises(pdv.Refus) as refus:
                self.g.contrats.ListContrats(**fields)
            self.assertEqual(refus.exception.code, "INVALID_ARGUMENT")


if __name__ == "__main__":
    unittest.main(verbosity=2)
