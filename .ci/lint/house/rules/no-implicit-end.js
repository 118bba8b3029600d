const original = require('bpmnlint/rules/no-implicit-end');
const { hasHandler, isCompensationBoundary } = require('../compensation');

/** A compensation inside a sub-process has its association there, where the original rule does not look. */
module.exports = function() {
  const rule = original();

  return {
    ...rule,
    check(node, reporter) {
      if (!isCompensationBoundary(node) || !hasHandler(node)) {
        rule.check(node, reporter);
      }
    }
  };
};
