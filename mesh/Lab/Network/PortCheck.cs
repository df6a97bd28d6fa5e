using System.Net;
using System.Net.Sockets;
using Bookinfo.Mesh.Lab.Errors;

namespace Bookinfo.Mesh.Lab.Network;

/// <summary>Looks whether an address is free before anything is started, so that the message can name the option that changes it.</summary>
internal static class PortCheck
{
    /// <summary>Refuses an address that cannot be listened on.</summary>
    /// <param name="endpoint">The address; null where no server listens.</param>
    /// <param name="what">Who wants to listen there.</param>
    /// <param name="option">The option that says where.</param>
    /// <exception cref="UserErrorException">It is in use, not ours, or not allowed.</exception>
    public static void Require(IPEndPoint? endpoint, string what, string option)
    {
        if (endpoint is null)
        {
            return;
        }

        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(1);
        }
        catch (SocketException e)
        {
            throw new UserErrorException(
                $"The {what} cannot listen on {endpoint}: {Reason(e.SocketErrorCode)}. {option} chooses another address.");
        }
    }

    /// <summary>Why one cannot listen on an address, in words.</summary>
    /// <param name="error">What the system says.</param>
    public static string Reason(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => "another program listens there",
        SocketError.AccessDenied => "this user may not listen there",
        SocketError.AddressNotAvailable => "this machine has no such address",
        _ => new SocketException((int)error).Message,
    };
}
