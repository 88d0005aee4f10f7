"use strict";

// mocha's "spec" reporter, closed by the one line that says how the run went: "N passed, N failed".
const { reporters } = require("mocha");

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => {
      const { passes, failures } = this.stats;
      console.log(`${passes} passed, ${failures} failed`);
    });
  }
};
