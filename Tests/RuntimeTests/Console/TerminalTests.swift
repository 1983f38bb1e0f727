import CChafa
import Compute
import Foundation
import Glibc
import Testing

@testable import Runtime

@Suite struct TerminalTests {
    private func hasColor(_ environment: [String: String], obeysSequences: Bool = true) -> Bool {
        Terminal.hasColor(obeysSequences: obeysSequences) { environment[$0] }
    }

    @Test func coloursNeedATerminal() {
        #expect(hasColor([:]))
        #expect(!hasColor([:], obeysSequences: false))
    }

    @Test func theEnvironmentRefusesOrForcesColours() {
        #expect(!hasColor(["NO_COLOR": "1"]))
        #expect(hasColor(["NO_COLOR": ""]))
        #expect(!hasColor(["CLICOLOR": "0"]))
        #expect(hasColor(["FORCE_COLOR": "1"], obeysSequences: false))
        #expect(hasColor(["CLICOLOR_FORCE": "1"], obeysSequences: false))
        #expect(!hasColor(["FORCE_COLOR": "0", "CLICOLOR_FORCE": "0"], obeysSequences: false))
        #expect(!hasColor(["NO_COLOR": "1", "FORCE_COLOR": "1"]))
    }

    @Test func aFileIsNoTerminal() throws {
        let file = try #require(tmpfile())
        defer { fclose(file) }
        let terminal = Terminal(descriptor: fileno(file)) { ["TERM": "xterm-256color"][$0] }
        #expect(!terminal.isInteractive && !terminal.obeysSequences && !terminal.hasColor)
        #expect(terminal.size == Terminal.Size())
        let image = Image(width: 8, height: 8, channels: 1, pixels: [UInt8](repeating: 9, count: 64))
        #expect(!InlinePicture.show(Picture(png: [UInt8](try PNG.encode(image))), on: terminal))
        #expect(ftell(file) == 0)
    }

    @Test func whatCannotBeWrittenIsGivenUpSilently() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        signal(SIGPIPE, SIG_IGN)
        Terminal(descriptor: ends[1]).write("lost")
        close(ends[1])
        Terminal(descriptor: ends[1]).write("lost")
    }

    @Test func picturesKeepTheirProportionsWithinTheTerminal() {
        let image = Image(width: 400, height: 300, channels: 1, pixels: [UInt8](repeating: 0, count: 120_000))
        var size = Terminal.Size()
        for (columns, rows) in [(80, 24), (200, 30), (40, 100), (12, 9), (500, 400)] {
            (size.columns, size.rows) = (columns, rows)
            let area = InlinePicture.Area(width: Double(image.width), height: Double(image.height), in: size)
            guard let area else {
                Issue.record("\(columns) × \(rows)")
                continue
            }
            #expect(area.columns <= columns && area.rows <= rows * 2 / 3)
            // A cell is twice as high as wide; whole cells leave a deviation of one row or column.
            let height = Double(area.columns) * 0.75 / 2
            #expect(abs(Double(area.rows) - height) <= 1.5)
        }
        (size.columns, size.rows) = (6, 4)
        #expect(InlinePicture.Area(width: Double(image.width), height: Double(image.height), in: size) == nil)
    }

    @Test func coloursOfPicturesFollowTheTerminal() {
        func colors(_ environment: [String: String], hasColor: Bool = true) -> chafa_colors {
            InlinePicture.colors(hasColor) { environment[$0] }
        }
        #expect(colors(["TERM": "xterm-256color", "COLORTERM": "truecolor"]) == chafa_true_color)
        #expect(colors(["TERM": "xterm-256color"]) == chafa_256_colors)
        #expect(colors(["TERM": "xterm"]) == chafa_16_colors)
        #expect(colors(["TERM": "linux"]) == chafa_8_colors)
        #expect(colors(["TERM": "xterm-256color"], hasColor: false) == chafa_no_color)
    }

    @Test func multiplexersGetBlocks() {
        #expect(InlinePicture.isMultiplexed { ["TERM": "tmux-256color"][$0] })
        #expect(InlinePicture.isMultiplexed { ["TERM": "xterm-kitty", "TMUX": "x"][$0] })
        #expect(!InlinePicture.isMultiplexed { ["TERM": "xterm-kitty"][$0] })
    }
}

@Suite struct CellTextTests {
    private func drawing() throws -> Drawing {
        try BuildChart(ChartSamples.scatter(ChartSamples.sixteenNetworks()), tools: ChartSamples.tools).drawing()
    }

    @Test func wordsStayInTheirCellsAndApart() throws {
        let drawing = try drawing()
        for (columns, rows) in [(8, 3), (20, 8), (60, 22), (200, 80)] {
            let words = CellText.words(of: drawing, columns: columns, rows: rows)
            #expect(!words.isEmpty)
            var taken: Set<[Int]> = []
            for word in words {
                #expect((0..<rows).contains(word.row))
                for column in word.column..<(word.column + word.text.displayWidth) {
                    #expect((0..<columns).contains(column))
                    #expect(taken.insert([word.row, column]).inserted)
                }
            }
        }
    }

    @Test func aLargeTerminalShowsTheNamesOfThePoints() throws {
        let words = CellText.words(of: try drawing(), columns: 160, rows: 60).map(\.text)
        #expect(words.contains("ResNet-50 v1") && words.contains("NASNet-A Large"))
    }
}
