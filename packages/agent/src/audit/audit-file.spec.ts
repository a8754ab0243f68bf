// SPDX-License-Identifier: Apache-2.0

import {
  appendFileSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { AuditFile } from "./audit-file.ts";
import { verifyAudit } from "./verify.ts";

describe("audit file", () => {
  let folder: string;
  let path: string;
  let file: AuditFile;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hostscope-audit-"));
    path = join(folder, "audit.jsonl");
    file = new AuditFile(path);
  });
  afterEach(async () => {
    await file.close();
    rmSync(folder, { recursive: true });
  });

  const write = async (...names: string[]) => {
    for (const name of names) await file.append([{ phase: "event", event: name }]);
  };
  const lines = (at = path) => readFileSync(at, "utf8").split("\n").slice(0, -1);

  it("is a chain that shows what was changed, left out, put in or torn", async () => {
    await write("a", "b", "c");
    expect(await verifyAudit([path])).to.deep.include({ records: 3, first: 1, last: 3, problems: [], remarks: [] });
    const [a = "", b = "", c = ""] = lines();
    const broken: [text: string, problem: string][] = [
      [`${a}\n${b.replace('"b"', '"x"')}\n${c}\n`, ":2: this record was changed"],
      [`${a}\n${c}\n`, ":2: records are missing before this one, after number 1"],
      [`${a}\n${b}\n${b}\n${c}\n`, ":3: records are missing before this one, after number 2"],
      [`${a}\n${b}\n${c.slice(0, 40)}`, ":3: this record is torn"],
      [`${a}\n\n${b}\n`, ":2: this record was changed"],
    ];
    for (const [text, problem] of broken) {
      writeFileSync(path, text);
      expect((await verifyAudit([path])).problems[0]).to.equal(path + problem);
    }
    writeFileSync(path, `${b}\n${c}\n`);
    expect((await verifyAudit([path])).remarks).to.deep.equal([`${path}:1: earlier records are in another file`]);
  });

  it("goes on in a new file when it was moved away, or an empty one put in its place", async () => {
    await write("a", "b");
    renameSync(path, `${path}.2`);
    await write("c");
    renameSync(path, `${path}.1`);
    writeFileSync(path, "", { mode: 0o600 });
    await write("d");
    expect(await verifyAudit([`${path}.2`, `${path}.1`, path])).to.deep.include({
      records: 4,
      problems: [],
      remarks: [],
    });
    expect((await verifyAudit([`${path}.2`, path])).problems).to.have.length(1);
  });

  it("goes on after a restart, and says so if the last record was torn", async () => {
    await write("a");
    await file.close();
    file = new AuditFile(path);
    await write("b");
    expect(await verifyAudit([path])).to.deep.include({ records: 2, problems: [] });
    await file.close();
    appendFileSync(path, '{"seq":3,"phase":"inte');
    file = new AuditFile(path);
    await write("c");
    const { problems, remarks, records } = await verifyAudit([path]);
    expect([records, problems, remarks]).to.deep.equal([
      4,
      [],
      [`${path}:3: 0 records were lost: the last record was torn`],
    ]);
  });

  it("says so when somebody cut it back or put an older one in its place", async () => {
    await write("a", "b", "c");
    truncateSync(path, `${lines()[0]}\n`.length);
    await write("d");
    const { problems, remarks } = await verifyAudit([path]);
    expect(problems).to.deep.equal([]);
    expect(remarks).to.deep.equal([`${path}:2: 0 records were lost: the file was replaced, or others wrote to it`]);
  });

  it("is not written where something else has taken its place", async () => {
    const other = join(folder, "other");
    const refused = async (make: () => void, what: string) => {
      renameSync(path, `${path}.old`);
      make();
      const error = await write("x").catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(Error);
      expect(String(error)).to.include(what);
      rmSync(path, { recursive: true });
      renameSync(`${path}.old`, path);
      await write("y");
    };
    await write("a");
    writeFileSync(other, "");
    await refused(
      () => writeFileSync(path, "somebody else's text\n", { mode: 0o600 }),
      "its last line is no audit record",
    );
    await refused(() => symlinkSync(other, path), "ELOOP");
    await refused(() => linkSync(other, path), "it has another name, too");
    expect(readFileSync(other, "utf8")).to.equal("");
  });
});
