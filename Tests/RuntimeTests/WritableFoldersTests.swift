import Compute
import Foundation
import Testing

@testable import Runtime

@Suite struct WritableFoldersTests {
    @Test func pathsOutsideTheOutputFolderAreRefused() throws {
        let folder = try TemporaryFolder()
        let outside = try TemporaryFolder()
        let link = folder.url.appendingPathComponent("link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: outside.url)
        let fileLink = folder.url.appendingPathComponent("a.txt")
        let target = outside.url.appendingPathComponent("a.txt")
        try Data().write(to: target)
        try FileManager.default.createSymbolicLink(at: fileLink, withDestinationURL: target)
        let writable = WritableFolders(output: folder.url)
        for path in ["../x", "/etc/x", "link/x", "a/../../x", "a.txt", "", outside.url.path + "/x"] {
            #expect(throws: ComputeError.self, "\(path)") { try writable.file(path) }
        }
    }

    @Test func pathsInsideAndAllowedFoldersAreTaken() throws {
        let folder = try TemporaryFolder()
        let allowed = try TemporaryFolder()
        let writable = WritableFolders(output: folder.url, others: [allowed.url])
        #expect(try writable.file("x.png").lastPathComponent == "x.png")
        #expect(try writable.file(allowed.url.path + "/y.png").lastPathComponent == "y.png")
        #expect(try writable.file("new/deep/x.png").path.hasSuffix("/new/deep/x.png"))
    }

    @Test func theOutputFolderIsMadeWhenItIsFirstWrittenTo() throws {
        let folder = try TemporaryFolder()
        let output = folder.url.appendingPathComponent("not/yet/there")
        let file = try WritableFolders(output: output).file("x.txt")
        try AtomicFile.write(Data("x".utf8), to: file.path)
        #expect(FileManager.default.contents(atPath: output.appendingPathComponent("x.txt").path) == Data("x".utf8))
    }
}
