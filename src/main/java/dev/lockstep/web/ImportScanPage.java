package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.ScanReports;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Where a person uploads the report of a secret scanner and sees what of it is ours. */
@Controller
@Hidden
@RequestMapping("/incidents/import")
class ImportScanPage {

    private final ScanReports reports;

    ImportScanPage(ScanReports reports) {
        this.reports = reports;
    }

    @GetMapping
    String ask(Model model) {
        model.addAttribute("formats", reports.formats());
        return "import-scan";
    }

    @PostMapping
    String take(
            @RequestParam(required = false) @Nullable MultipartFile report,
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(required = false) @Nullable String exposure,
            Principal user,
            Model model)
            throws IOException {
        model.addAttribute("formats", reports.formats());
        try {
            if (report == null || report.isEmpty()) {
                throw new InvalidInput("report", "choose the file that the scanner has written");
            }
            try (InputStream content = report.getInputStream()) {
                model.addAttribute(
                        "scan",
                        ScanReportsApi.ScanView.of(reports.take(
                                ScanReportsApi.format(format),
                                ScanReportsApi.exposure(exposure),
                                user.getName(),
                                content)));
            }
        } catch (InvalidInput refused) {
            model.addAttribute("refusal", String.valueOf(refused.getMessage()));
        }
        return "import-scan";
    }
}
