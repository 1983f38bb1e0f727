import Compute
import Foundation
import TestSupport
import Testing

@testable import Runtime

/// Reports as a real browser shows them.
@Suite(.serialized) struct BrowserTests {
    private let browser = Browser()

    /// A page with all that can be wider than a phone.
    private func page() throws -> String {
        let word = String(repeating: "verylongword", count: 20)
        return try ReportSamples.html(
            ReportSamples.notebook(
                """
                ## # A title of \(word)
                ## `\(word)` \(word) <https://example.org/\(word)>
                ##
                ##     \(word) \(word)
                ## ## One
                let line = [\((1...60).map(String.init).joined(separator: ", "))]
                print("\(word)\(word)")
                table(a: ["\(word)"], \((1...15).map { "column_\($0): [123456789]" }.joined(separator: ", ")))
                ## ## Two
                chart(table(a: [1, 2, 3], b: [2, 4, 5])) |> points(x: "a", y: "b")
                error("\(word)")
                """, name: word + ".tx"))
    }

    @Test(arguments: [320, 390, 768, 1440])
    func thePageIsNeverWiderThanTheWindow(width: Int) throws {
        let answer = try browser.measure(
            page(), width: width, "d.documentElement.scrollWidth + ' of ' + d.documentElement.clientWidth")
        #expect(answer == "\(width) of \(width)")
    }

    @Test func everythingIsOnThePage() throws {
        let answer = try browser.measure(
            ReportSamples.html(ReportSamples.sample()), width: 390,
            """
            [d.querySelectorAll('table').length, d.querySelectorAll('tbody tr').length,
             Array.from(d.images).filter(i => i.naturalWidth > 100).length, d.querySelectorAll('nav a').length,
             d.querySelectorAll('.failure').length, d.querySelectorAll('.idle').length,
             d.title, getComputedStyle(d.querySelector('td.number')).textAlign].join('|')
            """)
        #expect(answer == "2|23|1|3|1|1|A small report|right")
    }

    @Test func noScriptRunsAndNoPolicyIsBroken() throws {
        let elements = try browser.elements(
            of: ReportSamples.html(ReportSamples.notebook("## <script>document.title = \"broken\"</script>\n1")))
        #expect(elements.contains("<title>test.tx</title>"))
    }

    // MARK: Pictures

    private struct Census {
        var dark = 0.0
        var light = 0.0
        var blue = 0.0

        /// - Parameter bytes: a PNG.
        init(_ bytes: Data) throws {
            let image = try PNG.decode(bytes, name: "screenshot").converted(toChannels: 3)
            var (dark, light, blue) = (0, 0, 0)
            for index in stride(from: 0, to: image.pixels.count, by: 3) {
                let (red, green, own) = (
                    Int(image.pixels[index]), Int(image.pixels[index + 1]), Int(image.pixels[index + 2])
                )
                if max(red, green, own) < 60 { dark += 1 }
                if min(red, green, own) > 225 { light += 1 }
                if own > red + 60, own > green + 25 { blue += 1 }
            }
            let count = Double(image.width * image.height)
            (self.dark, self.light, self.blue) = (Double(dark) / count, Double(light) / count, Double(blue) / count)
        }
    }

    /// Large blue discs, so that the picture's colour can be found among the page's.
    private func chartPage() throws -> String {
        try ReportSamples.html(
            ReportSamples.notebook(
                "let t = table(a: [1, 2, 3], b: [2, 4, 5])\nchart(t) |> bars(x: \"a\", y: \"b\", color: \"blue\")"))
    }

    @Test(arguments: [(1280, 1100), (500, 1000)])
    func lightAndDarkPagesShowTheChartInItsColours(width: Int, height: Int) throws {
        let page = try chartPage()
        let light = try Census(browser.screenshot(of: page, width: width, height: height))
        #expect(light.light > 0.6 && light.blue > 0.01, "\(light)")
        let dark = try Census(browser.screenshot(of: page, width: width, height: height, scheme: .dark))
        #expect(dark.dark > 0.6 && dark.light < 0.05 && dark.blue > 0.01, "\(dark)")
    }

    @Test func thePagePrints() throws {
        let paper = try browser.printed(chartPage())
        #expect(paper.starts(with: Data("%PDF".utf8)) && paper.count > 5_000)
    }
}
