package dev.lockstep.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Batches of the engine and of the plain loop, and how they compare pair by pair. */
final class Comparison {

    static final String ENGINE = "engine";
    static final String LOOP = "loop";

    private static final Map<String, ToDoubleFunction<Usage.Batch>> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("rotations per second", Usage.Batch::perSecond);
        FIGURES.put("statements per rotation", Usage.Batch::statements);
        FIGURES.put("commits per rotation", Usage.Batch::commits);
        FIGURES.put("CPU of the JVM per rotation, ms", Usage.Batch::jvmCpu);
        FIGURES.put("CPU of PostgreSQL per rotation, ms", Usage.Batch::postgresCpu);
    }

    private final List<Usage.Batch> loop = new ArrayList<>();
    private final List<Usage.Batch> engine = new ArrayList<>();

    void add(Usage.Batch ofLoop, Usage.Batch ofEngine) {
        loop.add(ofLoop);
        engine.add(ofEngine);
    }

    /** Rotations per second of the engine as a part of the loop's: the median over all pairs. */
    double ratio() {
        return Report.median(ratios());
    }

    private double[] ratios() {
        double[] ratios = new double[loop.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = Usage.round(engine.get(i).perSecond() / loop.get(i).perSecond());
        }
        return ratios;
    }

    void report() {
        Map<String, Object> measured = new LinkedHashMap<>();
        measured.put("ratio", Usage.round(ratio()));
        measured.put("ratios", ratios());
        measured.put("cpuRatio", Usage.round(cpu(loop) / cpu(engine)));
        measured.put(ENGINE, medians(engine));
        measured.put(LOOP, medians(loop));
        measured.put("batches", Map.of(ENGINE, engine, LOOP, loop));
        Report.write("rotation", measured, text());
    }

    private String text() {
        StringBuilder text = new StringBuilder("""
                ## Full rotations through the engine, against the same steps in a plain loop

                Ratio: **%.2f**, the median of %d pairs (%.2f to %.2f); by CPU of JVM and PostgreSQL together: %.2f

                | median per batch of %d | engine | loop |
                |---|---|---|
                """.formatted(
                        ratio(),
                        loop.size(),
                        Report.percentile(ratios(), 0),
                        Report.percentile(ratios(), 100),
                        cpu(loop) / cpu(engine),
                        loop.get(0).rotations()));
        FIGURES.forEach((name, figure) ->
                text.append("| %s | %.1f | %.1f |%n".formatted(name, median(engine, figure), median(loop, figure))));
        return text.toString();
    }

    private static Map<String, Double> medians(List<Usage.Batch> batches) {
        Map<String, Double> medians = new LinkedHashMap<>();
        FIGURES.forEach((name, figure) -> medians.put(name, Usage.round(median(batches, figure))));
        return medians;
    }

    private static double cpu(List<Usage.Batch> batches) {
        return median(batches, batch -> batch.jvmCpu() + batch.postgresCpu());
    }

    private static double median(List<Usage.Batch> batches, ToDoubleFunction<Usage.Batch> figure) {
        return Report.median(batches.stream().mapToDouble(figure).toArray());
    }
}
