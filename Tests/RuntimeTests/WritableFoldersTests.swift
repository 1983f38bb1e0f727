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
        #expect { try writable.file("no/x.png") } throws: { "\($0)".contains("does not exist") }
    }
}
