"""The queue: cases side by side, decisions, undo, the second person."""
