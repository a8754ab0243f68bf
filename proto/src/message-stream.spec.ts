// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { MessageStream } from "./message-stream.ts";

/** A stream, what was done to it, and its writing side. */
function open() {
  const seen: string[] = [];
  const stream = new MessageStream(() => {
    seen.push("begun");
    return { cancel: () => seen.push("cancelled"), taken: (bytes) => seen.push(`${bytes} taken`) };
  });
  return { stream, seen };
}
const message = (text: string) => Buffer.from(text);

async function read(stream: MessageStream): Promise<string[]> {
  const all: string[] = [];
  for await (const each of stream) all.push(Buffer.from(each).toString());
  return all;
}

describe("A stream of messages", () => {
  it("begins when it is first read and gives messages in order, those that came before the end too", async () => {
    const { stream, seen } = open();
    expect(seen).to.deep.equal([]);
    const first = stream.next();
    expect(seen).to.deep.equal(["begun"]);
    stream.push(message("a"));
    stream.push(message("b"));
    stream.end();
    stream.push(message("late"));
    expect(await first).to.deep.equal({ done: false, value: message("a") });
    expect(await read(stream)).to.deep.equal(["b"]);
    expect(seen).to.deep.equal(["begun", "1 taken", "1 taken"]);
  });

  it("tells its source of each message that the reader takes, and of none that waits", async () => {
    const { stream, seen } = open();
    const first = stream.next();
    stream.push(message("four"));
    await first;
    stream.push(message("unread"));
    expect(seen).to.deep.equal(["begun", "4 taken"]);
    await stream.next();
    expect(seen).to.deep.equal(["begun", "4 taken", "6 taken"]);
  });

  it("gives its error after its messages, once", async () => {
    const { stream } = open();
    const reading = read(stream).catch((error: Error) => error.message);
    stream.push(message("a"));
    stream.end(new Error("broken"));
    expect(await reading).to.equal("broken");
    expect(await stream.next()).to.deep.equal({ done: true, value: undefined });
  });

  it("is cancelled by a break, and by return() while somebody waits", async () => {
    const broken = open();
    broken.stream.push(message("a"));
    for await (const _ of broken.stream) break;
    expect(broken.seen).to.deep.equal(["begun", "1 taken", "cancelled"]);

    const waiting = open();
    const next = waiting.stream.next();
    await waiting.stream.return();
    expect((await next).done).to.equal(true);
    expect(waiting.seen).to.deep.equal(["begun", "cancelled"]);
  });

  it("is not begun, nor cancelled, when it is returned unread or read to its end", async () => {
    const unread = open();
    await unread.stream.return();
    expect((await unread.stream.next()).done).to.equal(true);
    expect(unread.seen).to.deep.equal([]);

    const finished = open();
    const next = finished.stream.next();
    finished.stream.end();
    await next;
    await finished.stream.return();
    expect(finished.seen).to.deep.equal(["begun"]);
  });
});
