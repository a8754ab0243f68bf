// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { flow } from "./flow.ts";
import type { MessageSink } from "./message-sink.ts";
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
/** A sink that writes down what it takes, as long as it has room. */
function sinkInto(seen: string[]): MessageSink & { room: number } {
  return {
    room: Number.POSITIVE_INFINITY,
    message(bytes) {
      if (this.room-- < 1) return false;
      seen.push(Buffer.from(bytes).toString());
      return true;
    },
    end: () => seen.push("end"),
    fail: (error) => seen.push(String(error)),
  };
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
    expect(stream.push(message("a"))).to.equal(true);
    expect(stream.push(message("b"))).to.equal(false);
    stream.end();
    stream.push(message("late"));
    expect(await first).to.deep.equal({ done: false, value: message("a") });
    expect(await read(stream)).to.deep.equal(["b"]);
    expect(seen).to.deep.equal(["begun", "1 taken"]);
  });

  it("tells whether a message is taken at once, and its source when one that waited is", async () => {
    const { stream, seen } = open();
    const first = stream.next();
    expect(stream.push(message("four"))).to.equal(true);
    await first;
    expect(stream.push(message("unread"))).to.equal(false);
    expect(seen).to.deep.equal(["begun"]);
    await stream.next();
    expect(seen).to.deep.equal(["begun", "6 taken"]);
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

  it("pours into a sink what was there, then what comes, as long as there is room", () => {
    const { stream, seen } = open();
    const sink = sinkInto(seen);
    stream.push(message("a"));
    stream.push(message("b"));
    sink.room = 1;
    flow(stream, sink);
    expect(seen.splice(0)).to.deep.equal(["begun", "a", "1 taken"]);
    sink.room = 2;
    expect(stream.push(message("waits"))).to.equal(false);
    expect(seen.splice(0)).to.deep.equal([]);
    stream.resume();
    expect(seen.splice(0)).to.deep.equal(["b", "1 taken", "waits", "5 taken"]);
    sink.room = 1;
    stream.resume();
    expect(stream.push(message("at once"))).to.equal(true);
    expect(stream.push(message("last"))).to.equal(false);
    stream.end();
    expect(seen.splice(0)).to.deep.equal(["at once"]);
    sink.room = 1;
    stream.resume();
    expect(seen.splice(0)).to.deep.equal(["last", "4 taken", "end"]);
    stream.cancel();
    stream.resume();
    expect(seen).to.deep.equal([]);
  });

  it("tells a sink of an error after the messages, and nothing at all once it is cancelled", () => {
    const failed = open();
    flow(failed.stream, sinkInto(failed.seen));
    failed.stream.push(message("a"));
    failed.stream.end(new Error("broken"));
    expect(failed.seen).to.deep.equal(["begun", "a", "Error: broken"]);

    const left = open();
    const sink = sinkInto(left.seen);
    const leave = () => {
      leaving.cancel();
      return false;
    };
    const leaving = flow(left.stream, { ...sink, message: leave });
    left.stream.push(message("a"));
    left.stream.push(message("b"));
    left.stream.end(new Error("broken"));
    expect(left.seen).to.deep.equal(["begun", "cancelled"]);
  });
});

describe("Any other stream on its way into a sink", () => {
  const soon = () => new Promise((resolve) => setImmediate(resolve));

  it("is iterated while there is room, to its end", async () => {
    const seen: string[] = [];
    const sink = sinkInto(seen);
    sink.room = 1;
    async function* three() {
      for (const text of ["a", "b", "c"]) yield message(text);
    }
    const flowing = flow(three(), sink);
    await soon();
    expect(seen).to.deep.equal(["a"]);
    sink.room = 2;
    flowing.resume();
    await soon();
    expect(seen).to.deep.equal(["a", "b", "c", "end"]);
  });

  it("tells of whatever it throws, and is let go when it is cancelled, stuck or not", async () => {
    const seen: string[] = [];
    flow({} as AsyncIterable<Uint8Array>, sinkInto(seen));
    expect(seen.splice(0).join()).to.contain("TypeError");
    async function* broken() {
      yield message("a");
      throw "broken";
    }
    flow(broken(), sinkInto(seen));
    await soon();
    expect(seen.splice(0)).to.deep.equal(["a", "broken"]);

    const returned: string[] = [];
    const stuck = {
      next: () => new Promise<never>(() => {}),
      return() {
        returned.push("returned");
        throw new Error("secret");
      },
    };
    const flowing = flow({ [Symbol.asyncIterator]: () => stuck }, sinkInto(seen));
    flowing.cancel();
    flowing.cancel();
    await soon();
    expect([seen, returned]).to.deep.equal([[], ["returned"]]);
  });
});
