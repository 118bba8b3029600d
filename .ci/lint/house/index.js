// Two rules of bpmnlint that take the events of compensation for something else, and the documentation of a process.
// Flows that meet at a step without a gateway are on purpose: the engine runs the step once for each token.
module.exports = {
  configs: {
    all: {
      rules: {
        'label-required': 'error',
        'no-implicit-end': 'error',
        'process-documented': 'error'
      }
    }
  }
};
