/** A process says in a text what it is for. */
module.exports = function() {
  return {
    check(node, reporter) {
      const texts = (node.documentation || []).map(documentation => documentation.text || '');
      if (node.$type === 'bpmn:Process' && !texts.join('').trim()) {
        reporter.report(node.id, 'Process has no documentation', [ 'documentation' ]);
      }
    }
  };
};
