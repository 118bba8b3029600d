package dev.lockstep.port;

import java.util.List;

/** Looks at models by the rules of a deployment, without deploying them. */
public interface ModelLint {

    /** What is wrong with the files of one deployment; empty when no rule refuses them. */
    List<Finding> check(List<DryRuns.File> files);

    /**
     * A reason to refuse a file.
     *
     * @param element id of the element in the model; empty when the whole file is meant
     * @param sentence what is wrong and what is allowed
     */
    record Finding(String file, String element, String sentence) {}
}
