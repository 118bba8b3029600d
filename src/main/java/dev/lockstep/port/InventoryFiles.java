package dev.lockstep.port;

import dev.lockstep.domain.Reach;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The inventory as a file, in and out. Never holds a secret. */
public interface InventoryFiles {

    /** How a file is written. */
    enum Format {
        CSV,
        JSON,
        YAML
    }

    /**
     * One thing that is wrong with a file.
     *
     * @param line counted from 1; 0 when the file as a whole is meant
     * @param column counted from 1; 0 when the file as a whole is meant
     * @param field empty when none is meant
     */
    record Problem(int line, int column, String field, String problem, String advice) {}

    /**
     * What a file would become.
     *
     * @param credentials how many there would be more
     * @param known names that the configuration has already; they are left out
     * @param documents what to put into the configuration, in YAML
     * @param problems why nothing of it can be put there; none when {@code documents} are in order
     */
    record Draft(int credentials, List<String> known, String documents, List<Problem> problems) {}

    /** Reads a file and checks it as the configuration is checked, together with it. Changes nothing. */
    Draft draft(Format format, byte[] file);

    /** Writes the credentials within reach in the order of their names, so that {@link #draft} can read them again. */
    void export(Format format, Reach reach, Writer out) throws IOException;
}
