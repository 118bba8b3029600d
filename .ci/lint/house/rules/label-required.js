const original = require('bpmnlint/rules/label-required');
const { isCompensationBoundary } = require('../compensation');

/** The step and its handler name a compensation, and a sub-process names the plain start inside it. */
module.exports = function() {
  const rule = original();

  function isPlainStartInside(node) {
    return node.$type === 'bpmn:StartEvent'
      && !(node.eventDefinitions || []).length
      && node.$parent.$type === 'bpmn:SubProcess';
  }

  return {
    ...rule,
    check(node, reporter) {
      if (!isCompensationBoundary(node) && !isPlainStartInside(node)) {
        rule.check(node, reporter);
      }
    }
  };
};
