using Bookinfo.Mesh.Analysis.Testing;

namespace Bookinfo.Tests.Analysis.Testing;

public sealed class TestFileReaderTests
{
    private const string Head = "cases:\n- name: a case\n  request: GET http://reviews/\n";

    [Theory]
    [InlineData("cases: []", TestFormat.RouteTest)]
    [InlineData("testCases: []", TestFormat.IstioConfigValidator)]
    [InlineData("tests: []", TestFormat.RouterCheckTool)]
    [InlineData("""{"tests": []}""", TestFormat.RouterCheckTool)]
    public void Read_FirstField_TellsTheFormat(string text, TestFormat format) => Assert.Equal(format, TestRun.Read(text).Format);

    [Theory]
    [InlineData("", "tests.yaml:1:1: there are no tests in it (write cases: with at least one case)")]
    [InlineData("- a", "a file with tests is a mapping with cases, a list given")]
    [InlineData("cases: [", "tests.yaml:")]
    [InlineData("cases:\n- name: x\n  reqest: GET /\n",
        "tests.yaml:3:3: cases[0].reqest: case has no field \"reqest\" (did you mean request?)")]
    [InlineData("cases:\n- request: GET /\n  expect: {destination: a}\n", "tests.yaml:2:3: cases[0].name: name is required")]
    [InlineData("cases:\n- name: x\n  expect: {destination: a}\n", "cases[0].request: request is required")]
    [InlineData("cases:\n- name: x\n  request: GET ftp://a/\n  expect: {destination: a}\n",
        "tests.yaml:3:12: cases[0].request: \"GET ftp://a/\" is not a request")]
    [InlineData(Head, "cases[0].expect: the case expects nothing")]
    [InlineData(Head + "  expect: {}\n", "cases[0].expect: the case expects nothing")]
    [InlineData(Head + "  expect: {subset: v1}\n", "cases[0].expect.subset: subset is of a destination")]
    [InlineData(Head + "  expect: {destination: 'a:b'}\n", "a destination is a host, with or without a port")]
    [InlineData(Head + "  expect: {response: {}}\n", "cases[0].expect.response.status: the status is required")]
    [InlineData(Head + "  expect: {timeout: 3}\n", "a duration needs a unit")]
    [InlineData(Head + "  from: page\n  namespace: prod\n  expect: {destination: a}\n", "from names the caller")]
    [InlineData("testCases:\n- description: x\n  request: {authority: [a], method: [GET]}\n", "testCases[0].request.uri: uri is a list")]
    [InlineData("tests:\n- test_name: x\n  input: {authority: a}\n", "tests[0].validate: validate is required")]
    [InlineData("tests:\n- name: x\n  request: GET /\n  expect: {destination: a}\n",
        "tests.yaml:1:1: tests: tests holds what Envoy's router_check_tool reads (write cases: above cases with request")]
    public void Read_FileThatIsWrong_SaysWhereAndWhat(string text, string expected) =>
        Assert.Contains(TestRun.Read(text).Problems, problem => problem.ToString().Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Read_SeveralDocuments_AreOneFile()
    {
        const string Case = "testCases:\n- description: x\n  request: {authority: [a, b], method: [GET], uri: [/1, /2, /3]}\n";

        var file = TestRun.Read($"{Case}---\n{Case}");

        Assert.Empty(file.Problems);
        Assert.Equal([2, 6], file.Cases.Select(test => test.Line));
        Assert.All(file.Cases, test => Assert.Equal(6, test.Requests.Count));
    }

    [Theory]
    [InlineData("GET http://reviews:9080/a/b?c=d#e", "GET", "http", "reviews:9080", "/a/b", "c=d")]
    [InlineData("/productpage", "GET", "http", "localhost", "/productpage", "")]
    [InlineData("POST https://shop.example", "POST", "https", "shop.example", "/", "")]
    [InlineData("PUT reviews?x", "PUT", "http", "reviews", "/", "x")]
    [InlineData("GET http://a/%2F//b", "GET", "http", "a", "/%2F//b", "")]
    public void Read_Request_KeepsItsPartsAsTheyAre(string text, string method, string scheme, string authority, string path, string query)
    {
        var request =
            Assert.Single(Assert.Single(TestRun.Read($"cases:\n- name: x\n  request: '{text}'\n  expect: {{destination: a}}\n").Cases)
            .Requests);

        Assert.Equal((method, scheme, authority, path, query),
            (request.Method, request.Scheme, request.Authority, request.Path, request.Query));
    }
}
