// SPDX-License-Identifier: Apache-2.0

import { createServer as createHttp2Server } from "node:http2";
import { connect, createServer } from "node:net";
import { expect } from "chai";
import { pino } from "pino";
import { AgentStartError, explainBindError } from "../agent-start-error.ts";
import { startListener } from "./listener.ts";

const logger = pino({ level: "silent" });

describe("the listener", () => {
  it("treats sockets as Node's own HTTP/2 server does", () => {
    const { allowHalfOpen, noDelay } = createServer() as unknown as Record<string, unknown>;
    expect(createHttp2Server()).to.include({ allowHalfOpen, noDelay });
  });

  it("closes connections beyond the limit, and takes new ones when others end", async () => {
    let accepted = 0;
    const listener = await startListener({ host: "127.0.0.1", port: 0 }, 2, logger, (socket) => {
      accepted += 1;
      socket.resume();
    });
    const open = () =>
      connect(listener.port, "127.0.0.1")
        .on("error", () => {})
        .resume();
    const [first] = [open(), open()];
    const third = open();
    await new Promise((resolve) => third.on("close", resolve));
    expect(accepted).to.equal(2);
    const gone = new Promise((resolve) => first?.on("close", resolve));
    first?.destroy();
    await gone;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const fourth = open();
    await new Promise((resolve) => fourth.on("connect", resolve));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(accepted).to.equal(3);
    listener.stop();
    listener.destroy();
    await new Promise((resolve) => fourth.on("close", resolve));
  });

  it("explains each way a bind fails", () => {
    const listen = { host: "::1", port: 80 };
    const explain = (code: string) => explainBindError(Object.assign(new Error(`listen ${code}`), { code }), listen);
    expect(explain("EADDRINUSE")).to.be.instanceOf(AgentStartError).and.include({ reason: "port_in_use" });
    expect(explain("EACCES").message).to.equal("this user may not listen on port 80; choose one from 1024 up");
    expect(explain("EADDRNOTAVAIL").message).to.equal("this host has no address [::1]:80");
    expect(explain("EAFNOSUPPORT").reason).to.equal("no_such_address");
    expect(explain("EMFILE").message).to.equal("cannot listen on [::1]:80: listen EMFILE");
  });
});
