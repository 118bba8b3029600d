package dev.lockstep.process;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;

/**
 * A step of the undo. When it fails for good the failure is noted and the undo goes on, so that the process reaches the
 * human who decides; nothing that depends on the failed step is discarded.
 */
final class UndoDelegate extends StepDelegate implements OutsideStep {

    UndoDelegate(StepKit kit, Body body) {
        super(kit, body);
    }

    @Override
    void onPermanent(Operation operation, PermanentException failure) {
        failures().noteUndo(operation, failure);
    }
}
