package dev.lockstep.process;

/** A step that asks or changes a store or target. */
final class OutsideDelegate extends StepDelegate implements OutsideStep {

    OutsideDelegate(StepKit kit, Body body) {
        super(kit, body);
    }
}
