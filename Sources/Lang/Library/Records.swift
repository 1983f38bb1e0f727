// Functions of records.

extension CoreLibrary {
    static var records: [Signature] { [keys, merge, values] }

    private static let link = "language.md#records"
    private static var record: Parameter { Parameter("record", .record, "a record") }

    private static var keys: Signature {
        Signature(
            "keys", group: "records", summary: "The names of the fields, in order.", parameters: [record],
            returns: .list(of: .string), example: "keys({a: 1, b: 2})", link: link
        ) { call in .strings(try call.record("record").names) }
    }

    private static var merge: Signature {
        Signature(
            "merge", group: "records", summary: "One record of the fields of several; the last of a name wins.",
            parameters: [.rest("records", .record, "records")], returns: .record,
            example: "merge({a: 1, b: 2}, {b: 3})", link: link
        ) { call in
            var result = Record()
            for case .record(let record) in try call.values("records") {
                for (name, value) in record { result[name] = value }
            }
            return .record(result)
        }
    }

    private static var values: Signature {
        Signature(
            "values", group: "records", summary: "The values of the fields, in order.", parameters: [record],
            returns: .list(), example: "values({a: 1, b: 2})", link: link
        ) { call in .list(try call.record("record").values) }
    }
}
