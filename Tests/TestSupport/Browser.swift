// Pages as a real browser shows them: headless Chromium, with a profile of its own that is thrown away.

import Foundation

public struct Browser {
    public enum Scheme: Int { case dark = 0, light = 1 }

    public init() {}

    /// The bytes of a PNG of the window.
    public func screenshot(of page: String, width: Int, height: Int, scheme: Scheme = .light) throws -> Data {
        try withFolder { folder in
            try Data(page.utf8).write(to: folder.appendingPathComponent("page.html"))
            let picture = folder.appendingPathComponent("picture.png")
            _ = try chromium(
                folder,
                [
                    "--screenshot=\(picture.path)", "--window-size=\(width),\(height)",
                    "--blink-settings=preferredColorScheme=\(scheme.rawValue)",
                ])
            return try Data(contentsOf: picture)
        }
    }

    /// The page's elements after loading, as HTML.
    public func elements(of page: String) throws -> String {
        try withFolder { folder in
            try Data(page.utf8).write(to: folder.appendingPathComponent("page.html"))
            return try chromium(folder, ["--dump-dom"]).output
        }
    }

    /// The bytes of a PDF as the page prints.
    public func printed(_ page: String) throws -> Data {
        try withFolder { folder in
            try Data(page.utf8).write(to: folder.appendingPathComponent("page.html"))
            let paper = folder.appendingPathComponent("paper.pdf")
            _ = try chromium(folder, ["--print-to-pdf=\(paper.path)", "--no-pdf-header-footer"])
            return try Data(contentsOf: paper)
        }
    }

    /// What a script expression says of the page's document (`d`) in a frame of so many CSS pixels: windows themselves
    /// are not made as narrow as a phone.
    public func measure(_ page: String, width: Int, _ expression: String) throws -> String {
        let quoted = page.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        let harness = """
            <!DOCTYPE html><html><body><p id="answer"></p>
            <iframe id="frame" width="\(width)" height="800" style="border:0" srcdoc="\(quoted)"></iframe>
            <script>
            document.getElementById("frame").onload = function () {
              const d = this.contentDocument;
              document.getElementById("answer").textContent = "[" + (\(expression)) + "]";
            };
            </script></body></html>
            """
        let elements = try elements(of: harness)
        guard let start = elements.firstRange(of: "<p id=\"answer\">["),
            let end = elements[start.upperBound...].firstRange(of: "]</p>")
        else { return "no answer" }
        return String(elements[start.upperBound..<end.lowerBound])
    }

    private func chromium(_ folder: URL, _ arguments: [String]) throws -> Tool.Result {
        let common = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--hide-scrollbars",
            "--user-data-dir=\(folder.appendingPathComponent("profile").path)", "--virtual-time-budget=5000",
        ]
        let page = folder.appendingPathComponent("page.html").absoluteString
        return try Tool.run("chromium", common + arguments + [page], folder: folder)
    }

    private func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
