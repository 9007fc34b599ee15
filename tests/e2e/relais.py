"""A relay before a service, for tests: it forwards every unary call byte for byte, and holds those of
one method for ever, or what the service answered to them. Who calls through it can so be stopped at a
step, whatever the timing."""

import threading
import time
from concurrent import futures

import grpc


class Relais:
    def __init__(self, target, held, served=False):
        self.held, self.served = held, served
        self.reached, self.released = threading.Event(), threading.Event()
        self.channel = grpc.insecure_channel(target)
        self.server = grpc.server(futures.ThreadPoolExecutor(max_workers=16))
        self.server.add_generic_rpc_handlers((self,))
        self.address = f"127.0.0.1:{self.server.add_insecure_port('127.0.0.1:0')}"
        self.server.start()

    def service(self, details):
        return grpc.unary_unary_rpc_method_handler(
            lambda request, context: self.forward(details.method, request, context))

    def forward(self, method, request, context):
        held = method.endswith("/" + self.held)
        if held and not self.served:
            self.hold(context)
        call = self.channel.unary_unary(method)
        metadata = [pair for pair in context.invocation_metadata() if pair[0].startswith("x-")]
        try:
            answer, info = call.with_call(request, metadata=metadata, timeout=30)
        except grpc.RpcError as error:
            context.set_trailing_metadata(error.trailing_metadata())
            context.abort(error.code(), error.details())
        if held:
            self.hold(context)
        context.set_trailing_metadata(info.trailing_metadata())
        return answer

    def hold(self, context):
        self.reached.set()
        self.released.wait()
        context.abort(grpc.StatusCode.CANCELLED, "")

    def stop(self):
        self.released.set()
        self.server.stop(0).wait()
        self.channel.close()


def attendre(relays, timeout=30):
    """Whether one of them holds a call within the time."""
    deadline = time.time() + timeout
    while time.time() < deadline:
        if any(one.reached.is_set() for one in relays):
            return True
        time.sleep(0.02)
    return False
