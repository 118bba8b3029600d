package dev.lockstep.policy;

/** Where something stands in a configuration file; lines and columns are counted from 1. */
record Place(String file, int line, int column) {

    /** The file as a whole. */
    static Place of(String file) {
        return new Place(file, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ':' + line + ':' + column;
    }
}
