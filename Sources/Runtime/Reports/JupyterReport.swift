import Foundation
import Lang

/// A notebook in Jupyter's format (nbformat 4.5, nbformat.readthedocs.io), run: the outputs stand in it, and it opens
/// without a kernel.
struct JupyterReport {
    private let notebook: Notebook
    private let provenance: ProvenanceRecord

    init(_ notebook: Notebook, _ provenance: ProvenanceRecord) {
        self.notebook = notebook
        self.provenance = provenance
    }

    func text() throws -> String {
        var count = 0
        let cells = try notebook.cells.enumerated().map { index, cell in
            // Ids must be unique and should stay the same from run to run.
            let id = Value.string("cell-\(index + 1)")
            switch cell {
            case .prose(let markdown): return Self.markdownCell(id, markdown)
            case .code(let code):
                if code.state != .notRun { count += 1 }
                return try codeCell(id, code, number: code.state == .notRun ? nil : count)
            }
        }
        let remark = notebook.endRemark.map { [Self.markdownCell(.string("remark"), "> **\($0)**")] } ?? []
        let document = Record([
            ("cells", .list(remark + cells)), ("metadata", metadata), ("nbformat", .number(4)),
            ("nbformat_minor", .number(5)),
        ])
        return String(decoding: try JSONWriter.bytes(of: .record(document), indent: 1), as: UTF8.self)
    }

    private var metadata: Value {
        let kernel = Self.object([
            ("display_name", .string("transfer-script")), ("language", .string("tx")),
            ("name", .string("transfer-script")),
        ])
        let language = Self.object([
            ("file_extension", .string(".tx")), ("mimetype", .string("text/x-tx")), ("name", .string("tx")),
            ("version", .string(Version.text)),
        ])
        return Self.object([
            ("kernelspec", kernel), ("language_info", language),
            (ReportProvenance.notebookKey, .record(ReportProvenance.object(provenance))),
        ])
    }

    // MARK: Cells

    private static func markdownCell(_ id: Value, _ markdown: String) -> Value {
        object([
            ("cell_type", .string("markdown")), ("id", id), ("metadata", object([])), ("source", lines(markdown)),
        ])
    }

    private func codeCell(_ id: Value, _ code: Notebook.Code, number: Int?) throws -> Value {
        let count = number.map { Value.number(Double($0)) } ?? .nothing
        var outputs = try code.outputs.enumerated().map { index, output in
            try Self.output(output, isResult: index == code.outputs.count - 1, count: count)
        }
        if code.state == .notRun {
            let remark = [("text/markdown", Self.lines("*Not run.*")), ("text/plain", Self.lines("Not run."))]
            outputs.append(Self.data(remark, isResult: false, count: count))
        }
        return Self.object([
            ("cell_type", .string("code")), ("execution_count", count), ("id", id), ("metadata", Self.object([])),
            ("outputs", .list(outputs)), ("source", Self.lines(notebook.text(of: code))),
        ])
    }

    // MARK: Outputs

    /// - Parameter isResult: whether it is the cell's last: Jupyter calls a value there the result.
    private static func output(_ output: Notebook.Output, isResult: Bool, count: Value) throws -> Value {
        switch output {
        case .printed(let text): return stream(text)
        case .note(let text): return stream("note: \(text)\n")
        case .shown(let text): return data([("text/plain", lines(text))], isResult: isResult, count: count)
        case .table(let table):
            let html = lines(HTMLTable(table).html)
            return data([("text/html", html), ("text/plain", lines(table.text))], isResult: isResult, count: count)
        case .picture(let picture):
            let png = Value.string(Data(try picture.png()).base64EncodedString())
            let size = picture.size.map {
                object([("height", .number(Double($0.height))), ("width", .number(Double($0.width)))])
            }
            return data(
                [("image/png", png), ("text/plain", lines(picture.description))],
                metadata: picture.isDrawing ? size.map { object([("image/png", $0)]) } : nil, isResult: false,
                count: count)
        case .failure(let message, let text):
            let name = message == "interrupted" ? "Interrupted" : "Error"
            let traceback = text.split(separator: "\n").map { Value.string(String($0)) }
            return object([
                ("ename", .string(name)), ("evalue", .string(message)), ("output_type", .string("error")),
                ("traceback", .list(traceback)),
            ])
        }
    }

    private static func stream(_ text: String) -> Value {
        object([("name", .string("stdout")), ("output_type", .string("stream")), ("text", lines(text))])
    }

    private static func data(
        _ bundle: [(String, Value)], metadata: Value? = nil, isResult: Bool, count: Value
    ) -> Value {
        let common = [("data", object(bundle)), ("metadata", metadata ?? object([]))]
        guard isResult else { return object(common + [("output_type", .string("display_data"))]) }
        return object(common + [("execution_count", count), ("output_type", .string("execute_result"))])
    }

    // MARK: JSON

    private static func object(_ fields: [(String, Value)]) -> Value { .record(Record(fields)) }

    /// Texts are lists of lines with their endings, so that differences between notebooks can be read.
    private static func lines(_ text: String) -> Value {
        var lines: [Value] = []
        var rest = text[...]
        while let end = rest.firstIndex(of: "\n") {
            lines.append(.string(String(rest[...end])))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { lines.append(.string(String(rest))) }
        return .list(lines)
    }
}
