import Compute
import Foundation
import Lang
import TestSupport
import Testing

@testable import Runtime

/// The scripts of examples/figures: what their pictures must have, and that they look as the gallery shows them.
@Suite(.serialized) struct FigureScriptTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let folder = root.appending(path: "examples/figures")
    private static let gallery = root.appending(path: "docs/images/gallery")

    /// Panels of each figure, and how many signs its points mark draws in all.
    private static let contents: [String: (panels: Int, points: Int)] = [
        "figure1": (2, 32), "figure2-logreg": (13, 208), "figure2-finetune": (13, 208), "figure2-scratch": (13, 208),
        "figure3": (2, 40), "figure4": (2, 1000), "figure5": (1, 10), "figure6": (12, 576), "figure7": (1, 192),
        "figure8": (3, 48), "figure9": (3, 54), "figureB1": (3, 30), "figureB2": (1, 6), "figureC1": (3, 30),
        "figureC2": (3, 24), "figureC3": (2, 20), "figureC4": (3, 30), "figureD1": (3, 36), "figureE1": (3, 576),
        "marks": (12, 10),
    ]

    /// What several figures import.
    private static let shared = ["tables.tx", "training-settings.tx"]

    private static func scripts() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".tx") && !shared.contains($0) }.sorted()
    }

    /// What a script saves, by name.
    private func drawings(of script: String) throws -> [String: Drawing] {
        let output = try TemporaryFolder()
        var options = Session.Options()
        options.outputFolder = output.url.path
        options.storeFolder = output.url.appending(path: "store").path
        options.isQuiet = true
        let session = Session(options: options, scriptFolder: Self.folder.path)
        var drawings: [String: Drawing] = [:]
        session.onSave = { picture in
            guard let path = picture.path, case .drawing(let drawing) = picture.content else { return }
            drawings[(path as NSString).deletingPathExtension] = drawing
        }
        let interpreter = Program.interpreter(session) { _ in }
        try interpreter.run(SourceFile(path: Self.folder.appending(path: script).path))
        return drawings
    }

    @Test func every_figure_of_the_paper_is_drawn_as_the_gallery_shows_it() throws {
        var drawn: Set<String> = []
        for script in try Self.scripts() {
            for (name, drawing) in try drawings(of: script) {
                drawn.insert(name)
                let expected = try #require(Self.contents[name], "say what \(name) has")
                #expect(drawing.panels.count == expected.panels, "\(name)")
                #expect(drawing.signs.count == expected.points, "\(name)")
                expectAxes(drawing, name)
                expectLegible(drawing, name)
                try expectLikeTheGallery(drawing, name)
            }
        }
        #expect(drawn == Set(Self.contents.keys))
    }

    /// Facets share the labels of their axes, so that each panel has its own or its row's and its column's.
    private func expectAxes(_ drawing: Drawing, _ name: String) {
        let labels = drawing.texts(.tickLabel).map(\.bounds)
        for panel in drawing.panels {
            let around = panel.grown(by: 5)
            let below = labels.count { $0.minY >= panel.maxY && (around.minX..<around.maxX).contains($0.center.x) }
            let beside = labels.count { $0.maxX <= panel.minX && (around.minY..<around.maxY).contains($0.center.y) }
            #expect(below >= 2 && beside >= 2, "\(name): a panel without ticks")
        }
    }

    private func expectLegible(_ drawing: Drawing, _ name: String) {
        let texts = drawing.texts()
        for (index, text) in texts.enumerated() {
            #expect(drawing.canvas.contains(text.bounds), "\(name): '\(text.text)' leaves the picture")
            for other in texts[..<index] where text.angle == 0 && other.angle == 0 {
                let covers = text.bounds.grown(by: -1).overlaps(other.bounds)
                #expect(!covers, "\(name): '\(text.text)' lies on '\(other.text)'")
            }
        }
    }

    /// At one pixel a point. Letters differ a little between versions of the font library.
    private func expectLikeTheGallery(_ drawing: Drawing, _ name: String) throws {
        let file = Self.gallery.appending(path: name + ".png")
        let bytes = Data(try CairoSurface.bytes(of: drawing, as: .png, scale: 1))
        guard FileManager.default.fileExists(atPath: file.path),
            ProcessInfo.processInfo.environment["TX_ACCEPT"] != "1"
        else {
            try FileManager.default.createDirectory(at: Self.gallery, withIntermediateDirectories: true)
            if try isUnlike(file, bytes) { try bytes.write(to: file) }
            #expect(ProcessInfo.processInfo.environment["TX_ACCEPT"] == "1", "\(name).png was missing: look at it")
            return
        }
        #expect(try !isUnlike(file, bytes), "\(name).png differs from the gallery's")
    }

    /// More than one pixel in a hundred differs visibly, or the size does.
    private func isUnlike(_ file: URL, _ bytes: Data) throws -> Bool {
        guard FileManager.default.fileExists(atPath: file.path) else { return true }
        let approved = try PNG.decode(path: file.path).converted(toChannels: 1)
        let drawn = try PNG.decode(bytes, name: file.lastPathComponent).converted(toChannels: 1)
        guard approved.width == drawn.width, approved.height == drawn.height else { return true }
        let unlike = zip(approved.pixels, drawn.pixels).count { abs(Int($0) - Int($1)) > 64 }
        return unlike * 100 > approved.pixels.count
    }
}
