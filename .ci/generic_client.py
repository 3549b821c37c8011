#!/usr/bin/python3
"""A gRPC client that knows nothing of Latent but what server reflection tells it.

Lists the services, reads health, and asks for recommendations.
Usage: generic_client.py HOST:PORT MODEL USER
"""

import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

F = descriptor_pb2.FieldDescriptorProto
REFLECTION = "grpc.reflection.v1"


def reflection_messages(pool):
    """Adds the few messages of the reflection protocol that are needed to a pool, by hand."""
    file = descriptor_pb2.FileDescriptorProto(name="reflection.proto", package=REFLECTION, syntax="proto3")

    def message(name, *fields):
        added = file.message_type.add(name=name)
        for number, field, kind, label, type_name in fields:
            added.field.add(name=field, number=number, type=kind, label=label, type_name=type_name or None)

    one, many = F.LABEL_OPTIONAL, F.LABEL_REPEATED
    message(
        "ServerReflectionRequest",
        (3, "file_by_filename", F.TYPE_STRING, one, ""),
        (4, "file_containing_symbol", F.TYPE_STRING, one, ""),
        (7, "list_services", F.TYPE_STRING, one, ""),
    )
    message("FileDescriptorResponse", (1, "file_descriptor_proto", F.TYPE_BYTES, many, ""))
    message("ServiceResponse", (1, "name", F.TYPE_STRING, one, ""))
    message("ListServiceResponse", (1, "service", F.TYPE_MESSAGE, many, f".{REFLECTION}.ServiceResponse"))
    message(
        "ServerReflectionResponse",
        (4, "file_descriptor_response", F.TYPE_MESSAGE, one, f".{REFLECTION}.FileDescriptorResponse"),
        (6, "list_services_response", F.TYPE_MESSAGE, one, f".{REFLECTION}.ListServiceResponse"),
    )
    pool.Add(file)


class Client:
    def __init__(self, target):
        self.channel = grpc.insecure_channel(target)
        self.pool = descriptor_pool.DescriptorPool()
        self.factory = message_factory.MessageFactory(self.pool)
        self.files = set()
        reflection_messages(self.pool)

    def type(self, name):
        return self.factory.GetPrototype(self.pool.FindMessageTypeByName(name))

    def reflect(self, **what):
        request = self.type(f"{REFLECTION}.ServerReflectionRequest")(**what)
        # An empty string still has to be sent, or the request would say nothing.
        data = request.SerializeToString() or b"\x3a\x00"
        call = self.channel.stream_stream(f"/{REFLECTION}.ServerReflection/ServerReflectionInfo")
        answer = next(iter(call(iter([data]), timeout=10)))
        return self.type(f"{REFLECTION}.ServerReflectionResponse").FromString(answer)

    def services(self):
        return [service.name for service in self.reflect(list_services="").list_services_response.service]

    def learn(self, **what):
        """Adds the file that reflection names, and what it imports, to the pool."""
        for data in self.reflect(**what).file_descriptor_response.file_descriptor_proto:
            self.add(descriptor_pb2.FileDescriptorProto.FromString(data))

    def add(self, file):
        if file.name in self.files:
            return
        self.files.add(file.name)
        for imported in file.dependency:
            if imported not in self.files:
                self.learn(file_by_filename=imported)
        self.pool.Add(file)

    def call(self, service, method, /, **fields):
        found = self.pool.FindServiceByName(service).FindMethodByName(method)
        request = json_format.ParseDict(fields, self.type(found.input_type.full_name)())
        unary = self.channel.unary_unary(
            f"/{service}/{method}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=self.type(found.output_type.full_name).FromString,
        )
        return json_format.MessageToDict(unary(request, timeout=10), preserving_proto_field_name=True)


def main(target, model, user):
    client = Client(target)
    services = client.services()
    print("services:", ", ".join(sorted(services)))
    for service in services:
        if service.startswith("latent.") or service.startswith("grpc.health."):
            client.learn(file_containing_symbol=service)
    for subject in ("", model):
        health = client.call("grpc.health.v1.Health", "Check", service=subject)
        print(f"health of '{subject}':", health["status"])
        assert health["status"] == "SERVING", health
    answer = client.call("latent.v1.RecommenderService", "Recommend", model=model, user_id=user, k=5, include_titles=True)
    print(answer["version"], answer["recommendations"])
    assert len(answer["recommendations"]) == 5, answer


if __name__ == "__main__":
    main(*sys.argv[1:])
