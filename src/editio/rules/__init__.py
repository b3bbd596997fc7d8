"""Rules of encoding: each looks at a Draft and decides what some of its blocks are."""
