"""A Python client of the gateway, made from the .proto files alone: nothing is generated on disk.

    from pdv import Gateway
    gateway = Gateway("127.0.0.1:7400")
    contrat = gateway.contrats.GetContrat(name="contrats/cv110")

Keyword arguments are the request's fields (dicts for messages, lists for repeated fields). A refused
call raises `Refus`: its `code`, `raison`, `message` (French) and `violations`.
"""

import os
import subprocess
import tempfile

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GOOGLEAPIS = "/usr/share/gocode/src/github.com/gogo/googleapis"
SERVICES = {
    "contrats": "pdv.contrats.v1.ContratsService",
    "actions": "pdv.actions.v1.ActionsService",
    "financement": "pdv.financement.v1.FinancementService",
    "evaluation": "pdv.evaluation.v1.EvaluationService",
    "gateway": "pdv.gateway.v1.GatewayService",
}


def load_protos():
    """The descriptors of every proto of the suite, compiled by protoc."""
    protos = os.path.join(ROOT, "protos")
    files = []
    for folder, _, names in os.walk(os.path.join(protos, "pdv")):
        files += [os.path.relpath(os.path.join(folder, n), protos)
                  for n in names if n.endswith(".proto")]
    with tempfile.NamedTemporaryFile(suffix=".pb") as out:
        subprocess.run(["protoc", f"-I{protos}", f"-I{GOOGLEAPIS}", "--include_imports",
                        f"--descriptor_set_out={out.name}", "google/rpc/status.proto",
                        "google/rpc/error_details.proto", *sorted(files)], check=True)
        with open(out.name, "rb") as f:
            descriptors = descriptor_pb2.FileDescriptorSet.FromString(f.read())
    pool = descriptor_pool.DescriptorPool()
    for file in descriptors.file:
        pool.Add(file)
    return pool


POOL = load_protos()
FACTORY = message_factory.MessageFactory(POOL)


def message(full_name, **fields):
    return build(FACTORY.GetPrototype(POOL.FindMessageTypeByName(full_name)), fields)


def build(prototype, fields):
    return json_format.ParseDict(fields, prototype(), descriptor_pool=POOL)


def enum(full_name, value):
    """The number of a value of an enum."""
    return POOL.FindEnumTypeByName(full_name).values_by_name[value].number


def field_rules(field):
    """The option pdv.commun.options.v1.field of a field (output_only, required…)."""
    options = FACTORY.GetPrototype(POOL.FindMessageTypeByName("google.protobuf.FieldOptions"))
    rules = POOL.FindExtensionByName("pdv.commun.options.v1.field")
    return options.FromString(field.GetOptions().SerializeToString()).Extensions[rules]


class Refus(Exception):
    """A call that was refused, as google.rpc.Status says it."""

    def __init__(self, error):
        self.code = error.code().name
        self.message = error.details()
        self.raison, self.metadata, self.violations, self.details = "", {}, [], []
        trailing = dict(error.trailing_metadata() or ())
        status = trailing.get("grpc-status-details-bin")
        if status:
            parsed = FACTORY.GetPrototype(
                POOL.FindMessageTypeByName("google.rpc.Status")).FromString(status)
            for detail in parsed.details:
                self._take(detail)
        super().__init__(f"{self.code} {self.raison}: {self.message} {self.violations}")

    def _take(self, any_detail):
        kind = any_detail.TypeName()
        self.details.append(kind)
        part = FACTORY.GetPrototype(POOL.FindMessageTypeByName(kind)).FromString(any_detail.value)
        if kind == "google.rpc.ErrorInfo":
            self.raison, self.metadata = part.reason, dict(part.metadata)
        elif kind == "google.rpc.BadRequest":
            self.violations = [(v.field, v.description) for v in part.field_violations]
        elif kind == "google.rpc.LocalizedMessage":
            self.message = part.message


class Service:
    """The methods of one service, by name."""

    def __init__(self, gateway, full_name):
        self._gateway = gateway
        self._service = POOL.FindServiceByName(full_name)

    def __getattr__(self, name):
        method = self._service.methods_by_name[name]
        request_type = FACTORY.GetPrototype(method.input_type)
        response_type = FACTORY.GetPrototype(method.output_type)
        path = f"/{self._service.full_name}/{name}"
        proto = descriptor_pb2.MethodDescriptorProto()
        method.CopyToProto(proto)
        kind = {(False, False): "unary_unary", (False, True): "unary_stream",
                (True, False): "stream_unary"}[(proto.client_streaming, proto.server_streaming)]
        call = getattr(self._gateway.channel, kind)(
            path, request_serializer=request_type.SerializeToString,
            response_deserializer=response_type.FromString)

        def invoke(requests=None, *, timeout=30, metadata=(), **fields):
            given = (requests if requests is not None else build(request_type, fields))
            if proto.client_streaming:
                given = (r if not isinstance(r, dict) else build(request_type, r)
                         for r in requests)
            headers = list(metadata) + self._gateway.position_header()
            try:
                if proto.server_streaming:
                    return call(given, timeout=timeout, metadata=headers)
                answer, info = call.with_call(given, timeout=timeout, metadata=headers)
                self._gateway.remember(info.trailing_metadata())
                return answer
            except grpc.RpcError as error:
                raise Refus(error) from None

        return invoke


class Gateway:
    """One connection to the gateway. Remembers the positions that mutations answer, and gives them
    back, so that a read on one service sees what was written on another."""

    def __init__(self, address, acteur="test", roles="", organisation=""):
        self.channel = grpc.insecure_channel(
            address, options=[("grpc.max_receive_message_length", 64 << 20)])
        self.positions = {}
        self.acteur, self.roles, self.organisation = acteur, roles, organisation

    def comme(self, roles, organisation="", acteur=None):
        """The same connection and positions, for another person: "signataire", "porteurs/…"."""
        other = object.__new__(Gateway)
        other.channel, other.positions = self.channel, self.positions
        other.acteur = acteur or roles
        other.roles, other.organisation = roles, organisation
        return other

    def __getattr__(self, short):
        service = Service(self, SERVICES[short])
        setattr(self, short, service)
        return service

    def remember(self, metadata):
        # True after an answer that was given before to the same request_id.
        self.rejoue = any(key == "x-pdv-rejoue" for key, _ in metadata or ())
        for key, value in metadata or ():
            if key == "x-pdv-position":
                service, position = value.split("=")
                self.positions[service] = max(int(position), self.positions.get(service, 0))

    def position_header(self):
        header = [("x-pdv-acteur", self.acteur)]
        if self.roles:
            header.append(("x-pdv-role", self.roles))
        if self.organisation:
            header.append(("x-pdv-organisation", self.organisation))
        if self.positions:
            header.append(("x-pdv-position",
                           ",".join(f"{s}={p}" for s, p in sorted(self.positions.items()))))
        return header

    def close(self):
        self.channel.close()
