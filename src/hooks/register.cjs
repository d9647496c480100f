// Loaded into every Node program of a terminal by NODE_OPTIONS, so it must hold for any Node and can only stay silent.
try {
  if (process.env.TOLLGATE_STATE && parseInt(process.versions.node, 10) >= 18) require('./node/start.cjs').start();
} catch (error) {
  // The program comes first.
}
