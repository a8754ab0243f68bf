// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import stringWidth from "string-width";
import { renderFrame, renderText } from "./frame.ts";
import { FRESH } from "./freshness.ts";
import type { ProcessRow, Snapshot } from "./snapshot.ts";

const ROW: ProcessRow = {
  pid: 4711,
  username: "postgres",
  nice: -5,
  rss: 123 * 1024 ** 2,
  cpuPercent: 98.5,
  memoryPercent: 1.5,
  cpuTime: 727.5,
  status: "sleeping",
  numThreads: 12,
  name: "postgres",
  cmdline: ["postgres", "-D", "/data"],
};

const UNSEEN = {
  used: 0,
  free: 0,
  active: null,
  inactive: null,
  buffers: null,
  cached: null,
  shared: null,
  slab: null,
  wired: null,
};

function snapshot(processes: readonly ProcessRow[], cpus = 4): Snapshot {
  return {
    host: "db7",
    time: "2026-01-02T03:04:05.000Z",
    uptime: 274_329,
    loadavg: [0.52, 0.48, 0.4],
    cpu: {
      percent: 37.5,
      interval: 1,
      perCpu: Array.from({ length: cpus }, (_, cpu) => ({ cpu, percent: (cpu * 25) % 101 })),
    },
    memory: { ...UNSEEN, total: 8 * 1024 ** 3, available: 5 * 1024 ** 3, percent: 37.5 },
    swap: { total: 0, used: 0, free: 0, percent: 0, sin: null, sout: null },
    processes,
  };
}

const many = Array.from({ length: 300 }, (_, index) => ({ ...ROW, pid: index + 1 }));

describe("frame", () => {
  it("shows header and table in a common window", () => {
    const lines = renderFrame(snapshot([ROW]), { columns: 80, rows: 24, colour: false });
    expect(lines[0]).to.match(/^db7 {2}up 3d 04:12:09 {2}load 0\.52 0\.48 0\.40 {2}1 processes {2}\d\d:\d\d:05$/);
    expect(lines.join("\n")).to.match(/^cpu {2}\[\|+ +\] {2}37\.5% {2}4 CPUs$/m);
    expect(lines.join("\n")).to.match(/^mem {2}\[\|+ +\] {2}37\.5% {2}3\.0G of 8\.0G$/m);
    expect(lines).to.include("  PID USER      NI    RSS  CPU%  MEM%     TIME STATUS    THR COMMAND");
    expect(lines).to.include(" 4711 postgres  -5   123M  98.5   1.5 12:07.50 sleeping   12 postgres -D /data");
    expect(lines.at(-1)).to.equal("q or Ctrl-C: stop");
  });

  it("fits every window, down to one cell", () => {
    for (const rows of [1, 2, 3, 5, 7, 8, 13, 14, 24, 60]) {
      for (const columns of [1, 2, 5, 10, 19, 20, 33, 40, 66, 80, 200]) {
        for (const cpus of [0, 1, 8, 256]) {
          for (const alarm of [null, "the agent does not answer"]) {
            const lines = renderFrame(snapshot(many, cpus), { columns, rows, colour: false }, { ...FRESH, alarm });
            expect(lines.length).to.be.at.most(rows);
            for (const line of lines) expect(stringWidth(line), `${columns}x${rows}: ${line}`).to.be.at.most(columns);
          }
        }
      }
    }
  });

  it("uses every line for processes when there are enough", () => {
    const lines = renderFrame(snapshot(many), { columns: 80, rows: 24, colour: false });
    expect(lines).to.have.lengthOf(24);
    expect(lines.filter((line) => line.includes("postgres -D"))).to.have.lengthOf(24 - 8 - 1 - 1);
  });

  it("keeps pid, cpu and command where little else fits", () => {
    const lines = renderFrame(snapshot([ROW]), { columns: 24, rows: 10, colour: false });
    expect(lines).to.include("  PID  CPU% COMMAND");
    expect(lines).to.include(" 4711  98.5 postgres -D");
  });

  it("lets no name or user out of its cell", () => {
    const names = [
      "\x1b[2J\x1b[H",
      "a\nb\r\nc",
      "\u202egpj.exe",
      "\x9b31m",
      "\u2028",
      "e\u0301".repeat(500),
      "\ud800",
      "漢".repeat(200),
    ];
    for (const name of names) {
      const row = { ...ROW, username: name, name, cmdline: [], status: name };
      const size = { columns: 80, rows: 24, colour: false };
      const lines = renderFrame({ ...snapshot([row]), host: name }, size, { isOld: false, alarm: name, note: name });
      expect(lines).to.have.lengthOf(24);
      for (const line of lines) {
        expect(line).not.to.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(stringWidth(line)).to.be.at.most(80);
        expect(line.length).to.be.below(2_000);
      }
    }
  });

  it("keeps columns in line after wide characters", () => {
    const wide = { ...ROW, username: "漢字漢字漢字漢字", pid: 1 };
    const lines = renderFrame(snapshot([wide, ROW]), { columns: 80, rows: 24, colour: false });
    const rows = lines.filter((line) => line.endsWith("postgres -D /data"));
    expect(rows).to.have.lengthOf(2);
    const starts = rows.map((line) => stringWidth(line.slice(0, line.indexOf("postgres -D"))));
    expect(starts[0]).to.equal(starts[1]);
  });

  it("shows unknown values as such and names in brackets where there is no command line", () => {
    const unknown = { username: null, nice: null, rss: null, cpuPercent: null, memoryPercent: null, cpuTime: null };
    const row = { ...ROW, ...unknown, status: null, numThreads: null, cmdline: [], name: "kworker/0:1" };
    const lines = renderFrame(snapshot([row]), { columns: 80, rows: 24, colour: false });
    expect(lines.find((line) => line.includes("4711"))).to.match(/^ 4711 -( +-){7} \[kworker\/0:1\]$/);
  });

  it("uses colour only when allowed, and the same text with it", () => {
    const size = { columns: 80, rows: 24 };
    const plain = renderFrame(snapshot([ROW]), { ...size, colour: false }).join("\n");
    const coloured = renderFrame(snapshot([ROW]), { ...size, colour: true }).join("\n");
    expect(plain).not.to.include("\x1b");
    expect(coloured).to.include("\x1b[31m");
    expect(coloured.replace(/\x1b\[\d+m/g, "").replace(/ +$/gm, "")).to.equal(plain);
  });

  it("puts what is wrong on the last line, and old values in dim letters", () => {
    const alarm = { isOld: true, alarm: "no answer", note: null };
    const lines = renderFrame(snapshot(many), { columns: 80, rows: 10, colour: false }, alarm);
    expect(lines.at(-1)).to.equal("no answer");
    const [title = "", ...others] = renderFrame(snapshot(many), { columns: 80, rows: 10, colour: true }, alarm);
    for (const line of [title, ...others.slice(0, -1)]) expect(line).to.match(/^(\x1b\[2m[^\x1b]*\x1b\[0m)+$/);
    expect(others.at(-1)).to.equal("\x1b[31mno answer\x1b[0m");
  });

  it("puts what is unusual beside the hint", () => {
    const note = { isOld: false, alarm: null, note: "every 4 s" };
    const lines = renderFrame(snapshot(many), { columns: 80, rows: 24, colour: false }, note);
    expect(lines.at(-1)).to.equal("q or Ctrl-C: stop   every 4 s");
  });

  it("shows what cannot be read as unknown", () => {
    const unknown = { ...snapshot([ROW]), memory: null, swap: null, uptime: null, loadavg: null };
    const lines = renderFrame(unknown, { columns: 80, rows: 24, colour: false });
    expect(lines[0]).to.include("up -  load -");
    expect(lines.join("\n")).to.match(/^mem .* -$/m);
  });
});

describe("plain text", () => {
  it("has every process, and whole command lines when it is not cut", () => {
    const long = { ...ROW, cmdline: ["x".repeat(5_000)], username: "a-very-long-user-name" };
    const text = renderText(snapshot([...many, long]), Number.POSITIVE_INFINITY);
    expect(text.match(/postgres -D/g)).to.have.lengthOf(300);
    expect(text).to.include("x".repeat(5_000)).and.to.include("a-very-long-user-name");
    expect(text).not.to.include("\x1b");
    expect(text.endsWith("\n")).to.equal(true);
  });

  it("is cut to the window of a terminal", () => {
    const text = renderText(snapshot([{ ...ROW, cmdline: ["x".repeat(5_000)] }]), 80);
    for (const line of text.split("\n")) expect(line.length).to.be.at.most(80);
  });
});
