"""The contract with the world: what the .proto files promise, the code keeps; what the code says, the
.proto files declare. Reads the sources and the descriptors; starts nothing."""

import collections
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "e2e"))

import pdv  # noqa: E402
from google.protobuf import descriptor_pb2  # noqa: E402

SERVICES = ["contrats", "actions", "financement", "evaluation", "gateway"]
COMMUNE = "pdv.commun.type.v1.RaisonCommune"


def sources(folder):
    """The C++ that runs, without tests and without comments."""
    for root, _, names in os.walk(os.path.join(pdv.ROOT, folder)):
        for name in names:
            if not name.endswith((".cc", ".h")) or "test" in name:
                continue
            path = os.path.join(root, name)
            with open(path, encoding="utf-8") as file:
                yield os.path.relpath(path, pdv.ROOT), re.sub(r"//[^\n]*", "", file.read())


def emitted(folder):
    """Reason -> the files that give it: every UPPER_SNAKE literal of the sources, and the first text
    of an Error. `Law(…)` names a rule of the law, PDV_… a variable of the environment."""
    found = collections.defaultdict(set)
    for path, text in sources(folder):
        text = re.sub(r'\bLaw\(\s*"[^"]*"', "", text)
        for pattern in (r'"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"',
                        r'Error\(\s*(?:absl::StatusCode::k\w+|[\w.]+\(\)|\w+),\s*"([A-Z]+)"',
                        r'\{(?:\s*"[^"]*",)?\s*"([A-Z]{4,})",\s*"[A-Z][a-zà-ÿ]'):
            for reason in re.findall(pattern, text):
                if not reason.startswith("PDV_"):
                    found[reason].add(path)
    return found


def declared(enum):
    """The reasons of an enum, as they travel: without the enum's prefix."""
    values = pdv.POOL.FindEnumTypeByName(enum).values
    prefix = "RAISON_COMMUNE_" if enum == COMMUNE else "RAISON_"
    return {value.name[len(prefix):] for value in values if value.number != 0}


class Raisons(unittest.TestCase):
    """An integrator switches on reasons: each one given is declared, each one declared is given."""

    def test_every_reason_of_a_service_is_declared(self):
        for service in SERVICES:
            known = declared(f"pdv.{service}.v1.Raison") | declared(COMMUNE)
            for reason, files in sorted(emitted(f"services/{service}").items()):
                with self.subTest(service=service, reason=reason):
                    self.assertIn(reason, known, f"{sorted(files)} give it, no enum declares it")

    def test_every_reason_of_the_mechanisms_is_declared(self):
        for reason, files in sorted(emitted("common").items()):
            with self.subTest(reason=reason):
                self.assertIn(reason, declared(COMMUNE), f"{sorted(files)} give it")

    def test_every_declared_reason_is_given(self):
        for service in SERVICES:
            given = emitted(f"services/{service}")
            for reason in sorted(declared(f"pdv.{service}.v1.Raison")):
                with self.subTest(service=service, reason=reason):
                    self.assertIn(reason, given)
        given = set(emitted("common")).union(*(emitted(f"services/{s}") for s in SERVICES))
        for reason in sorted(declared(COMMUNE)):
            with self.subTest(reason=reason):
                self.assertIn(reason, given)

    def test_a_service_does_not_redefine_a_common_reason(self):
        for service in SERVICES:
            with self.subTest(service=service):
                self.assertEqual(declared(f"pdv.{service}.v1.Raison") & declared(COMMUNE), set())


def option(descriptor, kind, name):
    holder = pdv.FACTORY.GetPrototype(pdv.POOL.FindMessageTypeByName(f"google.protobuf.{kind}"))
    read = holder.FromString(descriptor.GetOptions().SerializeToString())
    return read.Extensions[pdv.POOL.FindExtensionByName(f"pdv.commun.options.v1.{name}")]


def client_streaming(method):
    proto = descriptor_pb2.ServiceDescriptorProto()
    method.containing_service.CopyToProto(proto)
    return any(m.name == method.name and m.client_streaming for m in proto.method)


def carries_euros(message, seen=()):
    """Whether a caller can write an amount in a message, or in any that it holds."""
    return any(field.name.endswith("_centimes") or
               field.message_type is not None and field.message_type.full_name not in seen and
               carries_euros(field.message_type, (*seen, message.full_name))
               for field in message.fields if not pdv.field_rules(field).output_only)


class Methodes(unittest.TestCase):
    """What every method promises, whatever its service."""

    def setUp(self):
        self.methods = [method for name in pdv.SERVICES.values()
                        for method in pdv.POOL.FindServiceByName(name).methods]

    def test_each_has_a_permission_of_its_service(self):
        for method in self.methods:
            with self.subTest(method=method.full_name):
                permission = option(method, "MethodOptions", "method").permission
                service = method.full_name.split(".")[1]
                self.assertRegex(permission, rf"^{service}\.[a-z_]+$")

    def test_a_mutation_can_be_repeated_and_simulated(self):
        streamed = {m.name for m in self.methods if client_streaming(m)}
        for method in self.methods:
            if not option(method, "MethodOptions", "method").mutation:
                continue
            fields = method.input_type.fields_by_name
            with self.subTest(method=method.full_name):
                # A stream is idempotent by the natural keys, or the digest, of what it carries;
                # a document has nothing to simulate.
                if method.name not in streamed:
                    self.assertIn("request_id", fields)
                if method.name != "EnvoyerDocument":
                    self.assertIn("validate_only", fields)

    def test_euros_never_move_without_a_request_id(self):
        # A standard method states a resource by its name or natural key: said twice, it is the same.
        standard = ("Create", "Update", "BatchCreate", "Importer")
        verbs = [m for m in pdv.POOL.FindServiceByName(pdv.SERVICES["financement"]).methods
                 if option(m, "MethodOptions", "method").mutation
                 and not m.name.startswith(standard) and carries_euros(m.input_type)]
        self.assertGreater(len(verbs), 5)
        self.assertIn("BatchVoterLignes", [m.name for m in verbs])  # its amounts are in its items
        for method in verbs:
            with self.subTest(method=method.full_name):
                self.assertTrue(option(method, "MethodOptions", "method").request_id_required)

    def test_a_list_is_paged(self):
        for method in self.methods:
            # The table of national rules is short and shown whole.
            if not method.name.startswith("List") or method.name == "ListRegles":
                continue
            with self.subTest(method=method.full_name):
                self.assertIn("page_size", method.input_type.fields_by_name)
                self.assertIn("page_token", method.input_type.fields_by_name)
                self.assertIn("next_page_token", method.output_type.fields_by_name)


class Commentaires(unittest.TestCase):
    """The .proto files are the documentation: nothing in them goes without a sentence."""

    def test_every_declaration_has_a_sentence(self):
        with tempfile.NamedTemporaryFile(suffix=".pb") as out:
            protos = os.path.join(pdv.ROOT, "protos")
            files = [os.path.relpath(os.path.join(root, name), protos)
                     for root, _, names in os.walk(os.path.join(protos, "pdv"))
                     for name in names if name.endswith(".proto")]
            subprocess.run(["protoc", f"-I{protos}", f"-I{pdv.GOOGLEAPIS}",
                            "--include_source_info", f"--descriptor_set_out={out.name}",
                            *sorted(files)], check=True)
            with open(out.name, "rb") as file:
                descriptors = descriptor_pb2.FileDescriptorSet.FromString(file.read())
        silent = [name for file in descriptors.file for name in without_comment(file)]
        self.assertEqual(silent, [])


def without_comment(file):
    """Full names of the declarations of a file that no comment explains."""
    told = {tuple(place.path) for place in file.source_code_info.location
            if place.leading_comments.strip() or place.trailing_comments.strip()}
    for path, name in declarations(file):
        if path not in told:
            yield f"{file.name}: {name}"


def declarations(file):
    for i, enum in enumerate(file.enum_type):
        yield from enum_declarations((5, i), enum)
    for i, service in enumerate(file.service):
        yield (6, i), service.name
        for j, method in enumerate(service.method):
            yield (6, i, 2, j), f"{service.name}.{method.name}"
    for i, message in enumerate(file.message_type):
        yield from message_declarations((4, i), message)


def message_declarations(path, message):
    if message.options.map_entry:
        return
    yield path, message.name
    for j, field in enumerate(message.field):
        yield path + (2, j), f"{message.name}.{field.name}"
    for j, nested in enumerate(message.nested_type):
        yield from message_declarations(path + (3, j), nested)
    for j, enum in enumerate(message.enum_type):
        yield from enum_declarations(path + (4, j), enum)


def enum_declarations(path, enum):
    yield path, enum.name
    for j, value in enumerate(enum.value):
        if value.number != 0:  # the zero says « not given », everywhere
            yield path + (2, j), value.name


if __name__ == "__main__":
    unittest.main()
