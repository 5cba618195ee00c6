"""The record for assistants: a server of the Model Context Protocol (MCP) that reads and never writes.

It needs the package ``mcp``, which the extra ``mcp`` brings; :mod:`summitry.assistant.server` is the only module to
import then.
"""
