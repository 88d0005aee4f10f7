"use strict";

// Beside the program, because Pulumi runs it in a folder of links to these files.
require("../../../register-swc.js");
