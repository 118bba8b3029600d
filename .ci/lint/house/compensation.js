const COMPENSATION = 'bpmn:CompensateEventDefinition';

/** Whether the node is the event on a step's border that leads to its undo. */
module.exports.isCompensationBoundary = function(node) {
  return node.$type === 'bpmn:BoundaryEvent'
    && (node.eventDefinitions || []).some(definition => definition.$type === COMPENSATION);
};

/** Whether an association of the same process or sub-process leads from the event to a handler. */
module.exports.hasHandler = function(node) {
  return (node.$parent.artifacts || []).some(
    artifact => artifact.$type === 'bpmn:Association' && artifact.sourceRef === node
  );
};
