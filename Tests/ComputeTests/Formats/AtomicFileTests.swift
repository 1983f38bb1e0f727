import Foundation
import Testing

@testable import Compute

@Suite struct AtomicFileTests {
    @Test func theFileHoldsTheLastBytesAndNothingLiesBesideIt() throws {
        try withFolder { folder in
            let path = folder + "/weights"
            try AtomicFile.write(Data([1, 2, 3]), to: path)
            try AtomicFile.write(Data([4]), to: path)
            #expect(FileManager.default.contents(atPath: path) == Data([4]))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["weights"])
        }
    }

    @Test(arguments: ["absent/file", "plain/file", "folder"])
    func aPlaceThatCannotBeWrittenIsAnErrorAndLeavesNothing(place: String) throws {
        try withFolder { folder in
            try Data([9]).write(to: URL(fileURLWithPath: folder + "/plain"))
            try FileManager.default.createDirectory(atPath: folder + "/folder", withIntermediateDirectories: false)
            let error = #expect(throws: ComputeError.self) { try AtomicFile.write(Data([1]), to: folder + "/" + place) }
            #expect(error?.kind == .inputOutput)
            #expect(error?.subject == folder + "/" + place)
            #expect(error?.message.hasPrefix("cannot write the file: ") == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["folder", "plain"])
            #expect(FileManager.default.contents(atPath: folder + "/plain") == Data([9]))
        }
    }

    @Test(.enabled(if: geteuid() != 0, "the superuser may write anywhere"))
    func aFolderWithoutPermissionIsAnErrorAndStaysEmpty() throws {
        try withFolder { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
            let error = #expect(throws: ComputeError.self) { try AtomicFile.write(Data([1]), to: folder + "/file") }
            #expect(error?.message == "cannot write the file: Permission denied")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test func writersOfOneFileDoNotDisturbEachOther() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("compute-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<16 {
                group.addTask {
                    try AtomicFile.write(Data(repeating: UInt8(writer), count: 50_000 + writer), to: folder + "/file")
                }
            }
            try await group.waitForAll()
        }
        let bytes = try #require(FileManager.default.contents(atPath: folder + "/file"))
        #expect(Set(bytes).count == 1)
        #expect(bytes.count == 50_000 + Int(bytes[0]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
}
