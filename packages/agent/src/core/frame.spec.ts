// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { type Frame, FrameError, FrameKind, FrameParser, frameHeader, splitHead, withHead } from "./frame.ts";

const MAX = 10_000;

function bytesOf({ kind, call, body }: Frame): Buffer {
  return Buffer.concat([frameHeader(kind, call, body.length), body]);
}

function parsed(chunks: Iterable<Buffer>): Frame[] {
  const frames: Frame[] = [];
  const parser = new FrameParser(MAX, (frame) => frames.push(frame));
  for (const chunk of chunks) parser.push(chunk);
  return frames;
}

describe("Frames of the link to the core", () => {
  const frames: Frame[] = [
    { kind: FrameKind.HELLO, call: 0, body: withHead({ link: 1 }) },
    { kind: FrameKind.CALL, call: 4_294_967_295, body: withHead({ path: "/a/b" }, Buffer.from([1, 2, 3])) },
    { kind: FrameKind.CANCEL, call: 7, body: Buffer.alloc(0) },
    { kind: FrameKind.MESSAGE, call: 8, body: Buffer.alloc(9_000, 7) },
  ];
  const bytes = Buffer.concat(frames.map(bytesOf));

  for (const size of [1, 2, 3, 5, 8, 13, 4096, bytes.length]) {
    it(`come out as they went in, in pieces of ${size} bytes`, () => {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(parsed(chunks)).to.deep.equal(frames);
    });
  }

  it("have a head and bytes", () => {
    const { head, bytes: rest } = splitHead(withHead({ path: "/ä", timeoutMs: 3 }, Buffer.from("rest")));
    expect(head).to.deep.equal({ path: "/ä", timeoutMs: 3 });
    expect(rest.toString()).to.equal("rest");
  });

  const withLength = (length: number) => {
    const header = frameHeader(FrameKind.END, 1, 0);
    header.writeUInt32LE(length, 0);
    return header;
  };
  for (const [what, bad] of [
    ["longer than allowed", withLength(MAX + 1)],
    ["as long as can be said", withLength(0xffff_ffff)],
    ["shorter than a header", withLength(4)],
    ["of length 0", withLength(0)],
    ["of a kind that there is not", frameHeader(99 as FrameKind, 1, 0)],
  ] as const) {
    it(`are refused if ${what}`, () => {
      expect(() => parsed([bad])).to.throw(FrameError);
    });
  }

  for (const [what, bad] of [
    ["nothing", Buffer.alloc(0)],
    ["a head longer than the body", Buffer.from([255, 255, 255, 255, 123])],
    ["no JSON", Buffer.concat([Buffer.from([1, 0, 0, 0]), Buffer.from("{")])],
    ["a list", Buffer.concat([Buffer.from([2, 0, 0, 0]), Buffer.from("[]")])],
    ["null", Buffer.concat([Buffer.from([4, 0, 0, 0]), Buffer.from("null")])],
  ] as const) {
    it(`are refused with ${what} for a head`, () => {
      expect(() => splitHead(bad)).to.throw(FrameError);
    });
  }
});
