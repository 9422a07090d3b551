// Standard tools of gRPC at work on the server: a reflection client and the health service's own definition. Prints what they saw as JSON.
//
// usage: node tools.js ADDRESS
"use strict";

const path = require("node:path");
const grpc = require("@grpc/grpc-js");
const loader = require("@grpc/proto-loader");
const { GrpcReflection } = require("grpc-js-reflection-client");

const [address] = process.argv.slice(2);

async function main() {
  const reflection = new GrpcReflection(address, grpc.credentials.createInsecure());
  const services = await reflection.listServices();
  const methods = await reflection.listMethods("mlir.remote.v1.RemoteCompiler");

  const root = path.join(path.dirname(require.resolve("grpc-health-check/package.json")), "proto");
  const definition = loader.loadSync("health/v1/health.proto", { includeDirs: [root], enums: String });
  const { Health } = grpc.loadPackageDefinition(definition).grpc.health.v1;
  const health = new Health(address, grpc.credentials.createInsecure());
  const check = (service) =>
    new Promise((resolve) =>
      health.Check({ service }, (error, response) => resolve(error ? grpc.status[error.code] : response.status)),
    );
  const seen = {
    services,
    methods: methods.map((method) => method.name),
    whole: await check(""),
    service: await check("mlir.remote.v1.RemoteCompiler"),
    unknown: await check("no.such.Service"),
  };
  health.close();
  console.log(JSON.stringify(seen));
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
