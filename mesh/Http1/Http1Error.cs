namespace Bookinfo.Mesh.Http1;

/// <summary>Why an exchange has no answer, or not all of it.</summary>
public enum Http1Error
{
    /// <summary>As many requests wait for a connection as may.</summary>
    Overflow,

    /// <summary>The connection was refused or could not be opened otherwise.</summary>
    ConnectFailure,

    /// <summary>The connection was not open in time.</summary>
    ConnectTimeout,

    /// <summary>The server ended the connection before its answer was complete.</summary>
    Terminated,

    /// <summary>The server sent what is not HTTP/1.1, or more than the limits allow.</summary>
    Protocol,

    /// <summary>The request's body could not be read to its end.</summary>
    RequestBody,

    /// <summary>This side gave the exchange up.</summary>
    Aborted,
}
