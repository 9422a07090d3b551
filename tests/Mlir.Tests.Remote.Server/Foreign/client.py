"""A client of mlir.remote.v1 made from the .proto alone, with Debian's gRPC for Python. Prints what it saw as JSON.

usage: client.py ADDRESS MODULES STUBS [TOKEN]
"""

import json
import struct
import sys

import grpc

address, modules_path, stubs = sys.argv[1:4]
token = sys.argv[4] if len(sys.argv) > 4 else None
sys.path.insert(0, stubs)
from mlir.remote.v1 import remote_pb2 as pb  # noqa: E402

SERVICE = pb.DESCRIPTOR.services_by_name["RemoteCompiler"]
modules = json.load(open(modules_path))
channel = grpc.insecure_channel(address)
metadata = [("authorization", "Bearer " + token)] if token else []


def method(name):
    """A callable for a method, of the kind that the service declares."""
    m = SERVICE.methods_by_name[name]
    request = getattr(pb, m.input_type.name)
    response = getattr(pb, m.output_type.name)
    kinds = {"Upload": channel.stream_unary, "Download": channel.unary_stream, "Connect": channel.stream_stream}
    make = kinds.get(name, channel.unary_unary)
    call = make(
        f"/{SERVICE.full_name}/{name}",
        request_serializer=request.SerializeToString,
        response_deserializer=response.FromString,
    )
    return lambda message, **options: call(message, metadata=metadata, timeout=60, **options)


def scalar(kind):
    return pb.DataType(scalar=kind)


def signature(result, **parameters):
    return pb.Signature(
        parameters=[pb.Parameter(name=n, type=t) for n, t in parameters.items()],
        result=result,
    )


def define(name, *overloads):
    return method("Define")(
        pb.DefineRequest(
            name=name,
            overloads=[pb.Overload(module=modules[m].encode(), signature=s) for m, s in overloads],
        )
    )


def failure(action):
    """How a call failed: gRPC's status, and the protocol's own error from the trailer."""
    try:
        action()
    except grpc.RpcError as error:
        trailers = dict(error.trailing_metadata())
        detail = pb.Error.FromString(trailers["mlir-error-bin"])
        return {
            "status": error.code().name,
            "message": error.details(),
            "code": pb.ErrorCode.Name(detail.code),
            "exception": detail.exception_type,
            "candidates": list(detail.candidates),
        }
    return {"status": "OK"}


def arguments(*values):
    return pb.Arguments(positional=values)


seen = {}
session = method("OpenSession")(pb.OpenSessionRequest(client_name="python"))
metadata.append(("mlir-session", session.session_token.hex()))
double, integer = scalar(pb.FLOAT64), scalar(pb.INT32)
vector = pb.DataType(array=pb.ArrayType(element=pb.FLOAT64, rank=1))

defined = define(
    "add",
    ("add", signature(double, x=double, y=double)),
    ("addInts", signature(integer, x=integer, y=integer)),
)
call = method("Call")
ints = call(pb.CallRequest(name="add", arguments=arguments(pb.Value(int32=1), pb.Value(int32=2))))
seen["ints"] = [ints.result.WhichOneof("kind"), ints.result.int32]
doubles = call(pb.CallRequest(name="add", arguments=arguments(pb.Value(float64=1.2), pb.Value(int32=2))))
seen["doubles"] = [doubles.result.WhichOneof("kind"), doubles.result.float64]
named = pb.Arguments(positional=[pb.Value(float64=1)], named={"y": pb.Value(float64=2.5)})
seen["named"] = call(pb.CallRequest(name="add", arguments=named)).result.float64
packed = call(
    pb.CallRequest(
        function_id=defined.functions[0].function_id,
        packed=struct.pack("<6d", 1, 2, 3, 4, 5, 6),
    )
)
seen["packed"] = list(struct.unpack("<3d", packed.packed))

define("scale", ("scale", signature(vector, x=vector, k=double)))
data = struct.pack("<3d", 1, 2, 3)
inline = pb.Value(array=pb.ArrayValue(element=pb.FLOAT64, shape=[3], inline=data))
small = call(pb.CallRequest(name="scale", arguments=arguments(inline, pb.Value(float64=2))))
seen["small"] = list(struct.unpack("<3d", small.result.array.inline))


def parts(count, size):
    yield pb.UploadRequest(header=pb.AllocateRequest(element=pb.FLOAT64, shape=[count]))
    for start in range(0, count, size):
        numbers = range(start, min(count, start + size))
        yield pb.UploadRequest(data=struct.pack(f"<{len(numbers)}d", *numbers))


count = 300_000
uploaded = method("Upload")(parts(count, 50_000))
reference = pb.Value(array=pb.ArrayValue(element=pb.FLOAT64, buffer_id=uploaded.buffer_id))
large = call(pb.CallRequest(name="scale", arguments=arguments(reference, pb.Value(float64=0.5))))
chunks = list(method("Download")(pb.DownloadRequest(buffer_id=large.result.array.buffer_id)))
received = b"".join(chunk.data for chunk in chunks)
seen["large"] = [
    len(chunks) > 1,
    chunks[-1].last,
    list(struct.unpack(f"<{count}d", received)) == [i * 0.5 for i in range(count)],
]

define("divide", ("divide", signature(integer, x=integer, y=integer)))
seen["thrown"] = failure(
    lambda: call(pb.CallRequest(name="divide", arguments=arguments(pb.Value(int32=7), pb.Value(int32=0))))
)
seen["overload"] = failure(lambda: call(pb.CallRequest(name="add", arguments=arguments(pb.Value(text="one")))))
seen["missing"] = failure(lambda: call(pb.CallRequest(name="nothing", arguments=arguments())))
seen["broken"] = failure(lambda: define("broken", ("broken", signature(double, x=double))))

# The same over one stream.
messages = [
    pb.ClientMessage(id=1, open_session=pb.OpenSessionRequest(resume_token=session.session_token)),
    pb.ClientMessage(
        id=2, call=pb.CallRequest(name="add", arguments=arguments(pb.Value(int32=20), pb.Value(int32=22)))
    ),
    pb.ClientMessage(
        id=3, call=pb.CallRequest(name="divide", arguments=arguments(pb.Value(int32=1), pb.Value(int32=0)))
    ),
]
answers = {m.id: m for m in method("Connect")(iter(messages))}
seen["stream"] = [
    answers[1].open_session.resumed,
    answers[2].call.result.int32,
    answers[3].error.exception_type,
]
method("Unload")(pb.UnloadRequest(name="add"))
seen["unloaded"] = failure(
    lambda: call(pb.CallRequest(name="add", arguments=arguments(pb.Value(int32=1), pb.Value(int32=2))))
)["code"]
method("CloseSession")(pb.CloseSessionRequest())
print(json.dumps(seen))
