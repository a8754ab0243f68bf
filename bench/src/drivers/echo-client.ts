// SPDX-License-Identifier: Apache-2.0

// Usage: echo-client.ts HOST:PORT
import { Client, credentials } from "@grpc/grpc-js";
import { answerLines, medianOf } from "./answer-lines.ts";
import { echoDefinition } from "./echo-definition.ts";

const client = new Client(process.argv[2] ?? "", credentials.createInsecure());
const { path, requestSerialize, responseDeserialize } = echoDefinition.echo;
const payload = Buffer.alloc(20);

await answerLines(() =>
  medianOf(
    300,
    () =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(path, requestSerialize, responseDeserialize, payload, (error, value) =>
          error === null ? resolve(value) : reject(error),
        );
      }),
  ),
);
client.close();
