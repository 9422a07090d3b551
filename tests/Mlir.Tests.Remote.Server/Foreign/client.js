// A client of mlir.remote.v1 made from the .proto alone, with @grpc/grpc-js. Prints what it saw as JSON.
//
// usage: node client.js ADDRESS MODULES PROTO_ROOT
"use strict";

const fs = require("node:fs");
const grpc = require("@grpc/grpc-js");
const loader = require("@grpc/proto-loader");

const [address, modulesPath, protoRoot] = process.argv.slice(2);
const modules = JSON.parse(fs.readFileSync(modulesPath, "utf8"));
const definition = loader.loadSync("mlir/remote/v1/remote.proto", {
  includeDirs: [protoRoot],
  keepCase: true,
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
});
const { RemoteCompiler } = grpc.loadPackageDefinition(definition).mlir.remote.v1;
const client = new RemoteCompiler(address, grpc.credentials.createInsecure());
const metadata = new grpc.Metadata();

const unary = (name, request) =>
  new Promise((resolve, reject) =>
    client[name](request, metadata, { deadline: Date.now() + 60_000 }, (error, response) =>
      error ? reject(error) : resolve(response),
    ),
  );

const scalar = (kind) => ({ scalar: kind });
const vector = { array: { element: "FLOAT64", rank: 1 } };
const signature = (result, parameters) => ({
  result,
  parameters: Object.entries(parameters).map(([name, type]) => ({ name, type })),
});
const define = (name, ...overloads) =>
  unary("Define", {
    name,
    overloads: overloads.map(([module, type]) => ({ module: Buffer.from(modules[module]), signature: type })),
  });
const call = (name, ...positional) => unary("Call", { name, arguments: { positional } });
const doubles = (values) => Buffer.from(Float64Array.from(values).buffer);
const numbers = (bytes) => Array.from(new Float64Array(Uint8Array.from(bytes).buffer));

async function failure(action) {
  try {
    await action();
    return { status: "OK" };
  } catch (error) {
    const [detail] = error.metadata.get("mlir-error-bin");
    return { status: grpc.status[error.code], message: error.details, hasDetail: detail.length > 0 };
  }
}

async function main() {
  const seen = {};
  const session = await unary("OpenSession", { client_name: "node" });
  metadata.set("mlir-session", session.session_token.toString("hex"));
  const [double, integer] = [scalar("FLOAT64"), scalar("INT32")];

  await define(
    "add",
    ["add", signature(double, { x: double, y: double })],
    ["addInts", signature(integer, { x: integer, y: integer })],
  );
  const ints = await call("add", { int32: 1 }, { int32: 2 });
  seen.ints = [ints.result.kind, ints.result.int32];
  const mixed = await call("add", { float64: 1.2 }, { float64: 2.3 });
  seen.doubles = [mixed.result.kind, mixed.result.float64];

  await define("scale", ["scale", signature(vector, { x: vector, k: double })]);
  const small = await call(
    "scale",
    { array: { element: "FLOAT64", shape: [3], inline: doubles([1, 2, 3]) } },
    { float64: 2 },
  );
  seen.small = numbers(small.result.array.inline);

  const count = 300_000;
  const all = Array.from({ length: count }, (_, i) => i);
  const uploaded = await new Promise((resolve, reject) => {
    const stream = client.Upload(metadata, (error, response) => (error ? reject(error) : resolve(response)));
    stream.write({ header: { element: "FLOAT64", shape: [count] } });
    for (let start = 0; start < count; start += 50_000) {
      stream.write({ data: doubles(all.slice(start, start + 50_000)) });
    }
    stream.end();
  });
  const large = await call(
    "scale",
    { array: { element: "FLOAT64", buffer_id: uploaded.buffer_id } },
    { float64: 0.5 },
  );
  const chunks = await new Promise((resolve, reject) => {
    const parts = [];
    client
      .Download({ buffer_id: large.result.array.buffer_id }, metadata)
      .on("data", (part) => parts.push(part))
      .on("error", reject)
      .on("end", () => resolve(parts));
  });
  const received = numbers(Buffer.concat(chunks.map((part) => part.data)));
  seen.large = [chunks.length > 1, chunks.at(-1).last, received.length === count && received.every((v, i) => v === i * 0.5)];

  await define("divide", ["divide", signature(integer, { x: integer, y: integer })]);
  seen.thrown = await failure(() => call("divide", { int32: 7 }, { int32: 0 }));
  seen.overload = await failure(() => call("add", { text: "one" }));

  seen.stream = await new Promise((resolve, reject) => {
    const answers = {};
    const stream = client.Connect(metadata);
    stream.on("data", (message) => {
      answers[message.id] = message;
      if (message.id === "1") {
        stream.write({ id: 2, call: { name: "add", arguments: { positional: [{ int32: 20 }, { int32: 22 }] } } });
      } else {
        stream.end();
      }
    });
    stream.on("error", reject);
    stream.on("end", () => resolve([answers["1"].open_session.resumed, answers["2"].call.result.int32]));
    stream.write({ id: 1, open_session: { resume_token: session.session_token } });
  });
  await unary("CloseSession", {});
  client.close();
  console.log(JSON.stringify(seen));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
