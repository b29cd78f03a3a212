// Runs Azurite's blob server and ends with its parent, however that ends: the parent holds our
// standard input open, and it closes by itself when the parent is gone.
process.stdin.on("end", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(0), 3000).unref();
});
process.stdin.resume();
require("azurite/dist/src/blob/main.js");
