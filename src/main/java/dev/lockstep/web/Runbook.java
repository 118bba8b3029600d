package dev.lockstep.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The operator's runbook, rendered once; each heading can be linked to by its words in lower case with {@code -}. */
@Component
class Runbook {

    private static final int SECTION = 2;

    private final String html;
    private final List<String> sections = new ArrayList<>();

    Runbook() {
        Node text = Parser.builder().build().parse(read());
        text.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                if (heading.getLevel() == SECTION) {
                    sections.add(anchor(heading));
                }
            }
        });
        html = HtmlRenderer.builder()
                .escapeHtml(true)
                .sanitizeUrls(true)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    if (node instanceof Heading heading) {
                        attributes.put("id", anchor(heading));
                    }
                })
                .build()
                .render(text);
    }

    String html() {
        return html;
    }

    /** The anchors of its sections, in order. */
    List<String> sections() {
        return List.copyOf(sections);
    }

    private static String anchor(Heading heading) {
        StringBuilder words = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                words.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                words.append(part.getLiteral());
            }
        });
        return words.toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    private static String read() {
        try {
            return new ClassPathResource("runbook.md").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the runbook is not packaged", e);
        }
    }
}
