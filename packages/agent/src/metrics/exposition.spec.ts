// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { expose } from "./exposition.ts";
import { counter, Family, gauge } from "./family.ts";

describe("exposition", () => {
  const families = [
    counter("a_seconds_total", "Time.")
      .add(1.5, { cpu: "0" })
      .add(2n ** 64n - 1n, { cpu: "1" }),
    new Family("info", "b_info", "Text.").add(1, { version: "1" }),
    gauge("c", "Now.").add(-0.25),
    new Family("unknown", "d", "Either.").add(3),
    gauge("empty", "Never seen.").add(undefined).add(Number.NaN),
  ];

  it("is OpenMetrics, where a family's name has no suffix and the end is told", () => {
    expect(expose(families, "openmetrics")).to.equal(
      "# TYPE a_seconds counter\n# HELP a_seconds Time.\n" +
        'a_seconds_total{cpu="0"} 1.5\na_seconds_total{cpu="1"} 18446744073709551615\n' +
        '# TYPE b info\n# HELP b Text.\nb_info{version="1"} 1\n' +
        "# TYPE c gauge\n# HELP c Now.\nc -0.25\n# TYPE d unknown\n# HELP d Either.\nd 3\n# EOF\n",
    );
  });

  it("is Prometheus text, which has other types and no end", () => {
    expect(expose(families, "text")).to.equal(
      "# HELP a_seconds_total Time.\n# TYPE a_seconds_total counter\n" +
        'a_seconds_total{cpu="0"} 1.5\na_seconds_total{cpu="1"} 18446744073709551615\n' +
        '# HELP b_info Text.\n# TYPE b_info gauge\nb_info{version="1"} 1\n' +
        "# HELP c Now.\n# TYPE c gauge\nc -0.25\n# HELP d Either.\n# TYPE d untyped\nd 3\n",
    );
  });

  it("keeps hostile texts within their line and their quotes", () => {
    const hostile = gauge("x", 'a "b" \\ c\nd').add(1, { path: '/a"}\n\\n 7\n# EOF' });
    expect(expose([hostile], "text")).to.equal(
      '# HELP x a "b" \\\\ c\\nd\n# TYPE x gauge\nx{path="/a\\"}\\n\\\\n 7\\n# EOF"} 1\n',
    );
    expect(expose([hostile], "openmetrics")).to.contain('# HELP x a \\"b\\" \\\\ c\\nd\n');
  });

  it("has no series twice, and no label without a value", () => {
    const twice = gauge("x", "X.").add(1, { a: "1", b: undefined, c: "" }).add(2, { a: "1" }).add(3, { a: "2" });
    expect(expose([twice], "text")).to.match(/x\{a="1"\} 1\nx\{a="2"\} 3\n$/);
  });

  it("writes infinities as Go does", () => {
    const odd = gauge("x", "X.").add(Number.POSITIVE_INFINITY, { a: "1" }).add(Number.NEGATIVE_INFINITY, { a: "2" });
    expect(expose([odd], "text")).to.match(/x\{a="1"\} \+Inf\nx\{a="2"\} -Inf\n$/);
  });

  it("refuses names that the formats forbid for the type", () => {
    expect(() => counter("a", "A.")).to.throw("a: a counter's name ends with _total");
    expect(() => new Family("info", "a", "A.")).to.throw("a: an info's name ends with _info");
  });
});
