// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { negotiate } from "./accept.ts";

describe("the format a scraper gets", () => {
  it("is OpenMetrics for those who name it", () => {
    for (const accept of [
      "application/openmetrics-text",
      "application/openmetrics-text; version=1.0.0; charset=utf-8",
      'Application/OpenMetrics-Text;Version="1.0.0"',
      "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
      "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.5",
    ]) {
      expect(negotiate(accept), accept).to.equal("openmetrics");
    }
  });

  it("is Prometheus text for everybody else", () => {
    for (const accept of [
      undefined,
      "",
      "*/*",
      "text/plain",
      "text/plain;version=0.0.4,application/openmetrics-text;version=1.0.0;q=0.4",
      "application/openmetrics-text;version=1.0.0;q=0",
      "application/openmetrics-text;version=0.0.1",
      "application/openmetrics-text;q=junk",
      "application/openmetrics-textual",
      ",;=,;q=1;,",
      `${",".repeat(5_000)}application/openmetrics-text`,
    ]) {
      expect(negotiate(accept), accept?.slice(0, 80)).to.equal("text");
    }
  });
});
