// Loaded before everything else (`node --import`), and plain JavaScript, because an older Node can't read the rest.
const wanted = 24;

if (Number.parseInt(process.versions.node, 10) < wanted) {
  console.error(
    `This is Node ${process.versions.node}; the gateway needs ${wanted} or newer. Run "npm ci" (it brings one) and then "npm start".`,
  );
  process.exit(1);
}
