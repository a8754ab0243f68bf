# SPDX-License-Identifier: Apache-2.0
"""A client that knows nothing of hostscope but its address: learns the schema by reflection, then calls it.

Usage: grpcio_stranger.py HOST:PORT. Prints one JSON object.
"""
import json
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

channel = grpc.insecure_channel(sys.argv[1])


def field(number, payload):
    """A length-delimited protobuf field, by hand: grpcio-reflection is not needed for one request."""
    return bytes([number << 3 | 2, len(payload)]) + payload


def reflect(symbol):
    """File descriptors of the file that declares `symbol` and of all it imports."""
    call = channel.stream_stream("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", lambda b: b, lambda b: b)
    responses = call(iter([field(4, symbol.encode())]))
    raw = next(responses)
    responses.cancel()
    return parse_files(raw)


def parse_files(raw):
    files = []

    def varint(data, at):
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value, at

    def fields(data):
        at = 0
        while at < len(data):
            key, at = varint(data, at)
            if key & 7 == 2:
                size, at = varint(data, at)
                yield key >> 3, data[at : at + size]
                at += size
            else:
                _, at = varint(data, at)

    for number, payload in fields(raw):
        if number == 7:
            sys.exit("reflection error: %r" % payload)
        if number == 4:
            for inner, descriptor in fields(payload):
                if inner == 1:
                    files.append(descriptor_pb2.FileDescriptorProto.FromString(descriptor))
    return files


pool = descriptor_pool.DescriptorPool()
known = set()
pending = {}


def learn(symbol):
    for file in reflect(symbol):
        pending[file.name] = file


def add(name):
    if name in known:
        return
    file = pending[name]
    for dependency in file.dependency:
        add(dependency)
    pool.Add(file)
    known.add(name)


for symbol in ("hostscope.v1.System", "hostscope.v1.Process"):
    learn(symbol)
for name in list(pending):
    add(name)


def message(name):
    descriptor = pool.FindMessageTypeByName("hostscope.v1." + name)
    try:
        return message_factory.GetMessageClass(descriptor)
    except AttributeError:
        return message_factory.MessageFactory(pool).GetPrototype(descriptor)


def unary(path, request, response):
    call = channel.unary_unary("/hostscope.v1." + path, lambda m: m.SerializeToString(), message(response).FromString)
    return call(request, timeout=10)


memory = unary("System/VirtualMemory", message("VirtualMemoryRequest")(), "VirtualMemoryResponse")
request = json_format.ParseDict(
    {"ref": {"pid": 1}, "attributes": ["PROCESS_ATTRIBUTE_NAME", "PROCESS_ATTRIBUTE_STATUS"]},
    message("ProcessGetRequest")(),
)
process = unary("Process/Get", request, "ProcessGetResponse")
listing = channel.unary_stream(
    "/hostscope.v1.Process/List", lambda m: m.SerializeToString(), message("ProcessListResponse").FromString
)(json_format.ParseDict({"attributes": ["PROCESS_ATTRIBUTE_NAME"]}, message("ProcessListRequest")()), timeout=10)
pids = [row.ref.pid for chunk in listing for row in chunk.processes]

try:
    unary("Process/Get", json_format.ParseDict({"ref": {"pid": 4194305}}, message("ProcessGetRequest")()), "ProcessGetResponse")
    missing = "no error"
except grpc.RpcError as error:
    missing = error.code().name

print(
    json.dumps(
        {
            "memory": json_format.MessageToDict(memory, preserving_proto_field_name=True),
            "process": json_format.MessageToDict(process, preserving_proto_field_name=True),
            "pids": pids,
            "missing": missing,
        }
    )
)
