import Compute
import Lang

/// Grids of pictures for scripts: examples of a data set, or picture files.
enum ImageGridNatives {
    private static let group = "Charts"

    static func signatures(_ session: Session) -> [Signature] {
        [
            .host(
                "image_grid", group: group, "Pictures of a data set in rows, with what is to be said of each.",
                text: "rows: which examples, from 0; count: how many where rows does not say",
                [
                    Parameter("dataset", .foreign(typeName: "dataset")),
                    Parameter("split", .choice(Dataset.Split.allCases.map(\.rawValue)), default: .string("train")),
                    Parameter("count", .integer(1...10_000), default: .number(24)), optional("rows", .numbers),
                ] + said, returns: .foreign(typeName: "chart"),
                example: "image_grid(dataset(\"shapes\"), count: 8)"
            ) { call in
                let reference = try call.foreign("dataset", as: DatasetValue.self).reference
                return try grid(of: session.load(reference, shape: nil).dataset, call)
            },
            .host(
                "image_grid", group: group, "Picture files in rows, with what is to be said of each.",
                [Parameter("paths", .list(of: .string))] + said, returns: .foreign(typeName: "chart"),
                example: """
                    let sheet = preview(dataset("shapes"), 4, path: "sheet.png").path
                    image_grid([sheet, sheet], captions: ["cat", "dog"])
                    """
            ) { call in
                try value(
                    call.strings("paths").map { try PredictNatives.image($0, session, call) }, standard: nil, call)
            },
        ]
    }

    private static var said: [Parameter] {
        [
            optional("captions", .list(of: .string), "a line below each; the names of a data set's classes when none"),
            optional("scores", .numbers, "a number below each"),
            optional("correct", .list(of: .bool), "colours the lines: blue where right, orange where wrong"),
            optional("columns", .integer(1...1000)), optional("title", .string),
        ]
    }

    private static func grid(of dataset: Dataset, _ call: NativeCall) throws -> Value {
        let split = try call.string("split")
        let examples = dataset[Dataset.Split(rawValue: split) ?? .train]
        let asked = try call.optionalNumbers("rows")
        let rows = try asked ?? (0..<min(call.integer("count"), examples.count)).map(Double.init)
        let indices = try rows.map { row in
            guard let index = Int(exactly: row), examples.labels.indices.contains(index) else {
                throw NativeError(
                    "the split '\(split)' has no row \(plainNumber(row))",
                    help: "its rows are 0 to \(examples.count - 1)", parameter: "rows")
            }
            return index
        }
        let images = indices.map { index in
            let bytes = examples.pixels[index * examples.imageSize..<(index + 1) * examples.imageSize]
            return Image(planar: bytes, channels: dataset.shape[0], height: dataset.shape[1], width: dataset.shape[2])
        }
        let names = indices.map { index in
            let label = Int(examples.labels[index])
            return dataset.classes.indices.contains(label) ? dataset.classes[label] : "\(label)"
        }
        return try value(images, standard: names, call)
    }

    private static func value(_ images: [Image], standard: [String]?, _ call: NativeCall) throws -> Value {
        let captions = try call.has("captions") ? call.strings("captions") : standard
        let scores = try call.optionalNumbers("scores")
        let correct = try call.has("correct") ? call.list("correct").map { $0.asBool } : nil
        for (name, count) in [("captions", captions?.count), ("scores", scores?.count), ("correct", correct?.count)] {
            guard let count, count != images.count else { continue }
            throw NativeError(
                "'\(name)' has \(Wording.counted(count, "entry", "entries")) for \(Wording.counted(images.count, "picture"))",
                help: "give one for each picture", parameter: name)
        }
        let entries = images.indices.map { index in
            let lines = [captions?[index], scores.map { formatted($0[index], significantDigits: 3) }].compactMap { $0 }
            return ImageGrid.Entry(images[index], lines: lines, isRight: correct?[index])
        }
        let grid = try ImageGrid(
            entries, columns: try call.optionalInteger("columns"), title: try call.optionalString("title"))
        return .foreign(ChartValue(.images(grid)))
    }
}
